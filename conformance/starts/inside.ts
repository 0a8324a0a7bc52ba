import * as fs from 'node:fs';
import { Life } from './life';

// Runs in a network of its own; the pod's plan is a file, what it showed is the last line.
new Life(JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))).run().then(
  (observations) => process.stdout.write(`${JSON.stringify(observations)}\n`, () => process.exit(0)),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
