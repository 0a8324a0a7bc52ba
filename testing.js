module.exports = require('./lib/testing/jest');
