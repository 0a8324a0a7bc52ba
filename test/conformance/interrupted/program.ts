import { cleanUpOnExit, Daemon, run, temporaryFolder } from '../../../conformance/child';

// Starts what a run starts, says where, and would go on for a minute.
cleanUpOnExit();
const folder = temporaryFolder('interrupted');
new Daemon('sleeper', 'sleep', ['61.0417'], `${folder}/log`);
void run('sh', ['-c', 'sleep 62.0417 & sleep 63.0417']);
console.log(folder);
setTimeout(() => undefined, 60_000);
