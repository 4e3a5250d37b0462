import type { NextConfig } from 'next';

export default {
  poweredByHeader: false,
  typedRoutes: false,
  // They find their own files (WebAssembly, workers) or keep state per process.
  serverExternalPackages: ['@azure/msal-node', '@electric-sql/pglite', 'jose', 'pg', 'pg-boss', 'pino'],
  // Types are checked once, by `npm test`, not again by every build.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  experimental: { serverActions: { bodySizeLimit: '1mb' } },
  headers: async () => [
    { source: '/_next/static/:path*', headers: [{ key: 'x-content-type-options', value: 'nosniff' }] },
  ],
} satisfies NextConfig;
