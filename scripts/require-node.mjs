// Plain JavaScript on purpose: this is what an old Node can still read. Linux and Windows get Node 24 from npm
// (optionalDependencies of package.json); elsewhere the machine's own Node must run TypeScript by itself.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Stint needs Node 24 or later; this is ${process.version}. npm has no Node for ${process.platform} ${process.arch}, ` +
      'so please install it from https://nodejs.org and run npm ci again.',
  );
  process.exit(1);
}
