import { ArgumentsGroup } from './arguments';
import { Group } from './checks';
import { HuggingFaceGroup } from './hugging-face';
import { Azure, Gcs, ObjectStoreGroup, S3 } from './object-stores';
import { runPart, Tally } from '../tally';
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

async function main(tally: Tally): Promise<void> {
  for (const group of GROUPS) {
    console.log(group.name);
    try {
      for (const check of await group.open()) {
        try {
          await check.run();
          tally.pass();
          console.log(`  passed: ${check.name}`);
        } catch (error) {
          tally.fail(`${check.name}: ${(error as Error).message}`);
        }
      }
    } catch (error) {
      if (!(error instanceof MissingTool)) { throw error; }
      tally.skip(`${group.name}: ${error.message}`);
    } finally {
      await group.close();
    }
  }
}

runPart(main);
