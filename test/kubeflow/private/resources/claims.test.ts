import { ClaimMount, Profile } from '../../../../src/kubeflow';
import { platform } from '../../support';

const team = (): Profile => platform('v1.9').addProfile('team-a', { owner: 'lead@example.com' });
const notebook = (mounts: ClaimMount[] = []) => team().addNotebook('n', { mounts }).apiObject.toJson().spec.template.spec;
const job = (mounts: ClaimMount[]) => team().addPyTorchJob('t', { image: 'me/a:1', workers: 1, mounts }).apiObject.toJson().spec.pytorchReplicaSpecs.Master.template.spec;
const GROUP = { fsGroup: 100, fsGroupChangePolicy: 'OnRootMismatch' };

test('the disk of a notebook\'s home is its users\' to write to', () => {
  expect(notebook().securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' }, ...GROUP });
});

test('claims that a job writes to are the same group\'s, and those that it only reads stay as they are', () => {
  expect(job([{ claimName: 'd', path: '/d' }]).securityContext).toMatchObject(GROUP);
  expect(job([{ claimName: 'd', path: '/d', readOnly: true }]).securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(job([]).securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
});

test('the keys of SSH of an MPI job get no group', () => {
  const { Worker } = team().addMpiJob('m', { image: 'me/a:1', command: ['a'], workers: 1, mounts: [{ claimName: 'd', path: '/d' }] }).apiObject.toJson().spec.mpiReplicaSpecs;
  expect(Worker.template.spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
});

test('a claim at two folders is one volume', () => {
  const { volumes, containers } = notebook([{ claimName: 'd', path: '/a' }, { claimName: 'd', path: '/b', readOnly: true }]);
  expect(volumes.map((each: any) => each.name)).toEqual(['claim-n-workspace', 'claim-d']);
  expect(containers[0].volumeMounts.slice(1)).toEqual([{ name: 'claim-d', mountPath: '/a' }, { name: 'claim-d', mountPath: '/b', readOnly: true }]);
});

test('the volumes of a PodDefault have other names than those of the pods that it is put into, unless they are the same', () => {
  const { spec } = team().addPodDefault('p', { mounts: [{ claimName: 'models', path: '/models' }, { claimName: 'd', path: '/d' }] }).apiObject.toJson();
  const pod = notebook([{ claimName: 'd', path: '/d' }]);
  const volumes = new Map(pod.volumes.map((each: any) => [each.name, each]));
  for (const volume of spec.volumes) { expect(volumes.get(volume.name) ?? volume).toEqual(volume); }
  expect(spec.volumes[1]).toEqual(pod.volumes[1]);
});

test('names of volumes are labels, and those of two claims differ', () => {
  const names = ['a.b', 'a-b', 'a'.repeat(80), `${'a'.repeat(80)}b`].map(claimName => notebook([{ claimName, path: '/d' }]).volumes[1].name);
  expect(new Set(names).size).toBe(4);
  for (const name of names) { expect(name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/); }
  expect(names.slice(0, 2)).toEqual([expect.stringMatching(/^claim-a-b-[0-9a-f]{8}$/), 'claim-a-b']);
});

test.each([
  [[{ claimName: 'a', path: '/d' }, { claimName: 'b', path: '/d' }], 'team-a/n.mounts[1].path: got "/d"; must be a folder of its own; give one of the two another folder'],
  [[{ claimName: 'a', path: '/home/jovyan' }], 'mounts[0].path: got "/home/jovyan"; must not be the home folder, which has a volume of its own; take a folder in it, such as "/home/jovyan/data"'],
  [[null], 'mounts[0]: got null; must be an object with properties; it may have claimName, path, readOnly'],
  [[{ claimName: 'a', path: '/d', readOnly: 'no' }], 'mounts[0].readOnly: got "no"; must be true or false'],
] as Array<[any[], string]>)('refuses %j', (mounts, message) => {
  expect(() => notebook(mounts)).toThrow(message);
});

test('a PodDefault refuses what pods could not be made with', () => {
  const of = (...mounts: any[]) => () => team().addPodDefault('p', { mounts });
  expect(of(null)).toThrow('team-a/p.mounts[0]: got null; must be an object with properties');
  expect(of({ claimName: 'a', path: '/a' }, { claimName: 'b', path: '/a' })).toThrow('p.mounts[1].path: got "/a"; must be a folder of its own');
  expect(of({ claimName: 'a', path: '/a' }, { claimName: 'a', path: '/b' })).toThrow(
    'p.mounts[1].claimName: got "a"; must be mounted once, because Kubeflow\'s webhook refuses pods with a volume at two folders (kubeflow/kubeflow#6847); mount it at one folder');
});
