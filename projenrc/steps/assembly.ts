import { readFileSync, writeFileSync } from 'fs';
import { withoutOptionalPeers } from '../assembly';

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
writeFileSync('.jsii', JSON.stringify(withoutOptionalPeers(assembly), null, 2) + '\n');
