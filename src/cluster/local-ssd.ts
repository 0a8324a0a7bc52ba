import { invalid } from '../private/errors';
import { checkCount } from '../private/numbers';

/**
 * The local SSDs of a node, and what they are for (GKE only).
 *
 * What is on them is gone with the node.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/local-ssd
 */
export class LocalSsd {
  /**
   * For what pods write beside their volumes: empty directories, images, logs.
   *
   * @param count how many; without it as many as the machine comes with, or can have. Throws unless it is a whole number from 1 to 32.
   */
  public static ephemeral(count?: number): LocalSsd {
    return new LocalSsd('ephemeral', checked('ephemeral', count));
  }

  /**
   * As block devices, which something in the cluster formats or offers as local volumes.
   *
   * @param count how many; without it as many as the machine comes with, or can have. Throws unless it is a whole number from 1 to 32.
   */
  public static block(count?: number): LocalSsd {
    return new LocalSsd('block', checked('block', count));
  }

  private constructor(
    /** Either "ephemeral" or "block". */
    public readonly use: string,
    /** How many there are, when it was said. */
    public readonly count?: number,
  ) {}
}

function checked(factory: string, count: number | undefined): number | undefined {
  if (count === null) { throw invalid(`LocalSsd.${factory}`, 'count', count, 'be a whole number from 1 to 32', 'leave it out for all that the machine has'); }
  return count === undefined ? undefined : checkCount(`LocalSsd.${factory}`, 'count', count, 1, 32);
}
