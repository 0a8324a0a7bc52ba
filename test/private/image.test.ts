import { isImageReference, parseImage } from '../../src/private/image';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const parse = (image: any) => parseImage('ModelServer.flask', 'image', image);

test.each([
  ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
  ['me/iris:1.4', { repository: 'me/iris', tag: '1.4' }],
  ['myregistry.azurecr.io/team/model-img:V1_a.b-c', { repository: 'myregistry.azurecr.io/team/model-img', tag: 'V1_a.b-c' }],
  ['localhost:5000/a__b/c--d.e:1', { repository: 'localhost:5000/a__b/c--d.e', tag: '1' }],
  [`me/iris@${DIGEST}`, { repository: 'me/iris', digest: DIGEST }],
  [`me/iris:latest@${DIGEST}`, { repository: 'me/iris', tag: 'latest', digest: DIGEST }],
])('%s is taken apart', (image, parts) => {
  expect(parse(image)).toEqual(parts);
});

test.each([
  [''], [undefined], [null], [5], [{}], [' nginx:1'], ['nginx:1 '], ['nginx:'], ['nginx:1:2'], ['nginx@1'], ['Nginx:1'], ['ME/iris:1'], ['Me.azurecr.io/a:1'],
  ['me/iris:${TAG}'], ['me/iris:-1'], ['me//iris:1'], ['/iris:1'], ['me/iris-:1'], ['me/iris:1\n'], ['me/iris:1\u2028privileged: true'], ['https://me/iris:1'],
  ['мe/iris:1'], ['me/iris:' + 'a'.repeat(129)],
])('%j is refused', image => {
  expect(() => parse(image)).toThrow(/^ModelServer\.flask\.image: got .*; must be an image reference "registry\/repository:tag" or "\.\.\.@sha256:digest" in lower case; for example "docker\.io\/me\/app:1\.0"$/s);
});

test.each(['localhost:0/a:1', 'a.b:65536/c:1', '[::1]:99999/a:1'])('%s, whose registry has no such port, is refused', image => {
  expect(() => parse(image)).toThrow(`ModelServer.flask.image: got "${image}"; must have a registry with a port from 1 to 65535; for example "registry.example.com:5000/app:1.0"`);
  expect(isImageReference(image)).toBe(false);
});

test('an image that changes by itself is refused', () => {
  expect(() => parse('me/iris')).toThrow('must name a tag or digest, because an image without one is "latest" and changes by itself; for example "me/iris:1.0"');
  expect(() => parse('me/iris:latest')).toThrow('must not be the tag "latest", which changes by itself and can\'t be rolled back; name a version or a digest');
});

test('a digest must be whole and a repository short enough', () => {
  expect(() => parse(`me/iris@sha256:${'0a'.repeat(20)}`)).toThrow('must have a complete digest, such as "sha256:" and 64 hexadecimal digits; copy it from the registry');
  expect(() => parse(`${'a'.repeat(256)}:1`)).toThrow('must have a repository of at most 255 characters; shorten it');
});
