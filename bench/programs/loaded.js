// What loading a module loads: node loaded.js <module>
const { statSync } = require('fs');
const [,, name] = process.argv;
if (name !== '-') { require(name); }
const files = Object.keys(require.cache).filter(file => file !== __filename);
console.log(JSON.stringify({ modules: files.length, kb: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024 }));
