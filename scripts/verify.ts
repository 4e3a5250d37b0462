import { quickSteps, unit } from './quick-steps.ts';
import { runSteps } from './steps.ts';

process.exitCode = (await runSteps([...quickSteps, unit])) ? 0 : 1;
