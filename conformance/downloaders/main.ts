import { cleanUpOnExit } from '../child';
import { ArgumentsGroup } from './arguments';
import { Group } from './checks';
import { HuggingFaceGroup } from './hugging-face';
import { Azure, Gcs, ObjectStoreGroup, S3 } from './object-stores';
import { MissingTool } from '../toolchain/tool';

// The first version is the one in the image that is used by default.
const GROUPS: Group[] = [
  new HuggingFaceGroup('0.32.4', 'huggingface-cli', true),
  new HuggingFaceGroup('2.4.0', 'hf', false),
  new ArgumentsGroup(),
  new ObjectStoreGroup(new S3()),
  new ObjectStoreGroup(new Gcs()),
  new ObjectStoreGroup(new Azure()),
];

async function main(): Promise<void> {
  cleanUpOnExit();
  let passed = 0;
  let failed = 0;
  for (const group of GROUPS) {
    console.log(group.name);
    try {
      for (const check of await group.open()) {
        try {
          await check.run();
          passed++;
          console.log(`  passed: ${check.name}`);
        } catch (error) {
          failed++;
          console.log(`  failed: ${check.name}: ${(error as Error).message}`);
        }
      }
    } catch (error) {
      if (!(error instanceof MissingTool)) { throw error; }
      console.log(`  skipped: ${error.message}`);
    } finally {
      await group.close();
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
