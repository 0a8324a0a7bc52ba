import type { Accelerator } from '../accelerator';
import { DEVICES } from './catalog/devices';

/**
 * The MIG profiles of a GPU: none when it can't be divided, undefined when that isn't known.
 *
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-mig-profiles
 */
export function migProfilesOf(accelerator: Accelerator): readonly string[] | undefined {
  if (!accelerator.resourceName.startsWith('nvidia.com/')) { return []; }
  return DEVICES.find(device => device.name === accelerator.name)?.migProfiles;
}
