import { checkEndpoint, portOf } from '../../../src/models/private/endpoint';

test.each([
  ['https://hub.example.com', 443], ['http://hub.example.com', 80], ['https://hub:8443', 8443], ['http://10.0.0.1:9000/v1/hub/', 9000],
])('the port of %s is %d', (url, port) => {
  expect(portOf(checkEndpoint('here', 'endpoint', url))).toBe(port);
});

test.each(['', 'hub', 'ftp://hub', 'https://', 'https://-a', 'https://a b', 'https://a:0', 'https://a:70000', 'https://a/$(id)', 'https://a/b;c', 'https://a\n'])(
  'the address %j is refused', url => {
    expect(() => checkEndpoint('here', 'endpoint', url)).toThrow(/^here\.endpoint: got ".*; must be "https:\/\/host", with a port and path if needed/);
  });

test.each(['https://me:word@hub', 'https://hub?token=word', 'https://hub#word'])('the address %j may hold a secret and is not repeated', url => {
  expect(() => checkEndpoint('here', 'endpoint', url)).toThrow('here.endpoint: got "<an address that may hold a secret>"; must');
  expect(() => checkEndpoint('here', 'endpoint', url)).not.toThrow('word');
});
