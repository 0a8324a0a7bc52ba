import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { cpuMachine } from '../../../src/azure/private/vm-size';

/** What is known of a size: virtual CPUs, GiB of memory, GiB of local disk. */
function known(size: string): Array<number | undefined> {
  const { cpus, memory, localDisk } = cpuMachine(new Construct(new App(), 'pool'), 'machineType', size);
  return [cpus, memory?.toGibibytes(), localDisk?.toGibibytes()];
}

test.each<[string, Array<number | undefined>]>([
  ['Standard_D4ds_v5', [4, 16, 150]],
  ['Standard_D16lds_v5', [16, 32, 600]],
  ['Standard_D2pls_v6', [2, 4, undefined]],
  ['Standard_D4s_v3', [4, 16, undefined]],
  ['Standard_E16-4ds_v5', [4, 128, 600]],
  ['Standard_E64s_v5', [64, 512, undefined]],
  ['Standard_F16s_v2', [16, 32, undefined]],
  ['Standard_F16as_v6', [16, 64, undefined]],
  ['Standard_F16als_v6', [16, 32, undefined]],
  ['Standard_F16ams_v6', [16, 128, undefined]],
  ['Standard_B4ms', [4, 16, undefined]],
  ['Standard_B2ls_v2', [2, 4, undefined]],
  ['Standard_DC4as_v5', [4, 16, undefined]],
  ['Standard_DC4s_v3', [4, 32, undefined]],
  ['Standard_DC16ads_cc_v5', [16, 64, undefined]],
  ['Standard_EC8as_v5', [8, 64, undefined]],
])('%s has what its name tells', (size, expected) => expect(known(size)).toEqual(expected));

test.each<[string, Array<number | undefined>]>([
  ['Standard_E96ads_v5', [96, undefined, 3600]],
  ['Standard_E64s_v4', [64, undefined, undefined]],
  ['Standard_DS3_v2', [undefined, undefined, undefined]],
  ['Standard_D4', [undefined, undefined, undefined]],
  ['Standard_A3', [undefined, undefined, undefined]],
  ['Standard_A4m_v2', [4, undefined, undefined]],
  ['Standard_B2s', [2, undefined, undefined]],
  ['Standard_B1ms', [1, undefined, undefined]],
  ['Standard_B2ts_v2', [2, undefined, undefined]],
  ['Standard_FX12ms_v2', [12, undefined, undefined]],
  ['Standard_M128s', [128, undefined, undefined]],
  ['Standard_L8s_v3', [8, undefined, undefined]],
])('of %s nothing is said that its name doesn\'t tell', (size, expected) => expect(known(size)).toEqual(expected));
