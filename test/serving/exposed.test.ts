import { ServiceType } from 'cdk8s-plus-27';
import { refuses } from '../support/rows';
import { only, serve, written } from '../support/workloads';

const config = { serviceType: ServiceType.CLUSTER_IP, servicePort: 80, fromOutside: false };
/** A workload with an exposure of the user's, in a language that checks no types. */
const exposed = (said: any, made: any = {}) => serve({ exposure: { bind: () => said, connect: () => made } as any });

describe('an exposure of the user\'s own', () => {
  test('may say little and make nothing', () => {
    const objects = written(exposed({ ...config, fromNamespaces: ['edge'] }));
    expect(only(objects, 'Service').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
    expect(only(objects, 'NetworkPolicy').spec.ingress[0].from).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }]);
  });

  refuses([
    ['17', 'that says nothing', () => exposed(undefined), 'lab/llama.exposure.bind: got nothing; must be an object with properties; it may have serviceType, servicePort'],
    ['17', 'that makes nothing, not even an object', () => exposed(config, null), 'lab/llama.exposure.connect: got null; must be an object with properties; it may have ingress, httpRoute'],
    ['17', 'with a type that there is not', () => exposed({ ...config, serviceType: 'Public' }),
      'lab/llama.exposure.serviceType: got "Public"; must be one of ClusterIP, NodePort, LoadBalancer, ExternalName; for example ServiceType.CLUSTER_IP'],
    ['17', 'without a port', () => exposed({ ...config, servicePort: undefined }), 'lab/llama.exposure.servicePort: got nothing; must be a whole number from 1 to 65535'],
    ['17', 'with annotations of numbers', () => exposed({ ...config, serviceAnnotations: { a: 5 } }), 'lab/llama.exposure.serviceAnnotations.a: got 5; must be a string; write "5"'],
    ['17', 'with a range that is none', () => exposed({ ...config, sourceRanges: ['10.0.0.1'] }), 'lab/llama.exposure.sourceRanges[0]: got "10.0.0.1"; must be an address and the length of its prefix'],
    ['17', 'with callers as text', () => exposed({ ...config, fromOutside: 'no' }), 'lab/llama.exposure.fromOutside: got "no"; must be true or false'],
    ['17', 'with a namespace that is none', () => exposed({ ...config, fromNamespaces: ['My_NS'] }), 'lab/llama.exposure.fromNamespaces[0]: got "My_NS"; must be lower case'],
    ['17', 'with a port of its health that is none', () => exposed({ ...config, healthPort: 0 }), 'lab/llama.exposure.healthPort: got 0; must be a whole number from 1 to 65535'],
    ['17', 'with a time as a number', () => exposed({ ...config, drainDelay: 30 }), 'lab/llama.exposure.drainDelay: got 30; must be a Duration of whole seconds from 0 to 3600'],
    ['17', 'with an object that is none', () => exposed(config, { ingress: 'web' }), 'lab/llama.exposure.ingress: got "web"; must be an object that was made in the scope; return what "new" gave'],
    ['17', 'with a policy that is none', () => exposed(config, { policies: [{}] }), 'lab/llama.exposure.policies[0]: got {}; must be an object that was made in the scope'],
    ['17', 'with a part that there is not', () => exposed(config, { ingres: 1 }), 'lab/llama.exposure.connect.ingres: got 1; must be a property that there is; did you mean "ingress"?'],
  ]);
});
