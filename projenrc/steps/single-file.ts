import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { posix, relative, resolve } from 'path';
import { LATE_FILES, compact, inOneFile, isInOneFile, partFile, withLateFile, withLateFiles, withLazyNamespaces } from '../single-file';

const read = (name: string) => readFileSync(`lib/${name}.js`, 'utf8');

if (!isInOneFile(read('index'))) {
  writeFileSync('lib/index.js', withLazyNamespaces(read('index')));
  const exports = `console.log(JSON.stringify(${JSON.stringify(LATE_FILES)}.map(file => Object.keys(require("./lib/" + file)))))`;
  const namesOf: string[][] = JSON.parse(execFileSync(process.execPath, ['-e', exports], { encoding: 'utf8' }));
  LATE_FILES.forEach((file, i) => {
    const [room, name] = file.split('/');
    writeFileSync(`lib/${room}/index.js`, withLateFile(read(`${room}/index`), name, namesOf[i]));
  });
  const program = 'const names = Object.keys(require("./lib")); console.log(JSON.stringify({ names, files: Object.keys(require.cache) }))';
  const { names, files } = JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
  const own = (files as string[]).map(file => relative(resolve('lib'), file)).filter(file => !file.startsWith('..')).map(file => file.replace(/\.js$/, ''));
  const late = own.filter(name => /(^|\/)index$/.test(name));
  const exportsOf = JSON.parse(execFileSync(process.execPath, ['-e', `console.log(JSON.stringify(Object.fromEntries(${JSON.stringify(own)}.map(file => [
    file, Object.keys(require("./lib/" + file))]))))`], { encoding: 'utf8' }));
  const source = (name: string) => (late.includes(name)
    ? withLateFiles(read(name), file => exportsOf[posix.join(posix.dirname(name), file)] ?? exportsOf[posix.join(posix.dirname(name), file, 'index')])
    : read(name));
  const entry = inOneFile(own.map(name => ({ name, source: compact(source(name)) })), names);
  for (const name of own) { writeFileSync(`lib/${name}.js`, name === 'index' ? entry : partFile(name)); }
}
