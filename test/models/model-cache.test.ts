import { Size } from 'cdk8s';
import { ModelCache } from '../../src/models';

test('a claim\'s name that Kubernetes refuses is refused', () => {
  expect(() => ModelCache.fromClaim('Cache')).toThrow('ModelCache.fromClaim.claimName: got "Cache"; must be at most 253 lower case letters');
});

test('a storage class\'s name that Kubernetes refuses is refused', () => {
  expect(() => ModelCache.newClaim({ storageClassName: 'fast ssd' })).toThrow('ModelCache.newClaim.storageClassName: got "fast ssd"; must be at most 253');
});

test('a claim of nothing is refused', () => {
  expect(() => ModelCache.newClaim({ size: Size.gibibytes(0) })).toThrow('ModelCache.newClaim.size: got "0Ki"; must be a Size of more than zero and at most 8 PiB');
});

test('an option that there isn\'t is refused', () => {
  expect(() => ModelCache.newClaim({ storageClass: 'fast' } as any)).toThrow('ModelCache.newClaim.options.storageClass: got "fast"; must be a property that there is');
  expect(() => ModelCache.fromClaim('cache', { mode: 'RWX' } as any)).toThrow('ModelCache.fromClaim.options.mode: got "RWX"; must be a property that there is');
});

test('a mode that there isn\'t is refused', () => {
  expect(() => ModelCache.newClaim({ accessMode: 'RWX' as any })).toThrow('ModelCache.newClaim.accessMode: got "RWX"; must be a PersistentVolumeAccessMode');
});
