import { expose } from './support';
import { Exposure } from '../../src/exposure';

test('a workload in the cluster listens on its server\'s port unless told otherwise, and nobody comes from outside', () => {
  expect(expose(Exposure.clusterIp()).config).toEqual({ serviceType: 'ClusterIP', servicePort: 5000, fromOutside: false });
  expect(expose(Exposure.clusterIp({ port: 8080 })).config.servicePort).toBe(8080);
});

test('makes nothing beside the Service', () => {
  expect(expose(Exposure.clusterIp()).parts).toEqual({});
});

test('refuses a port that is none, and options that there are not', () => {
  expect(() => Exposure.clusterIp({ prot: 1 } as any)).toThrow('Exposure.clusterIp.prot: got 1; must be a property that there is; did you mean "port"?');
  expect(() => Exposure.clusterIp({ port: 65536 })).toThrow('Exposure.clusterIp.port: got 65536; must be a whole number from 1 to 65535');
});
