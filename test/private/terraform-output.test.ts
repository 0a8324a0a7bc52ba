import { outputName } from '../../src/private/terraform-output';

test.each([
  ['cluster_credentials_command', 'cluster_credentials_command'],
  ['gpu-pool_name', 'gpu_pool_name'],
  ['azurerm_public_ip.ip.ip_address', 'azurerm_public_ip_ip_ip_address'],
  ['2nd_server', '_2nd_server'],
])('%s is the output %s', (text, name) => expect(outputName(text)).toBe(name));
