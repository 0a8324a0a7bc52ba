import { invalid } from '../private/errors';
import { checkSubdomain } from '../private/names';
import { checkCount } from '../private/numbers';

/**
 * Which pods go first when there is no room for all.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export class Priority {
  /** Before batch work: the class "model-serving" with the value 1000, made once in the output. */
  public static modelServing(): Priority {
    return new Priority('model-serving', 1000, 'Model servers go before batch work.');
  }

  /**
   * A class of your own, made once in the output.
   *
   * @param name the name of the class
   * @param value from -2147483648 to 1000000000; more goes first
   */
  public static of(name: string, value: number): Priority {
    checkSubdomain('Priority.of', 'name', name);
    if (name.startsWith('system-')) {
      throw invalid('Priority.of', 'name', name, 'not start with "system-", which is Kubernetes\' own');
    }
    return new Priority(name, checkCount('Priority.of', 'value', value, -(2 ** 31), 1_000_000_000));
  }

  /** A class that exists in the cluster. */
  public static existing(name: string): Priority {
    return new Priority(checkSubdomain('Priority.existing', 'name', name));
  }

  private constructor(
    /** The name of the class. */
    public readonly className: string,
    /** The value of the class; none when it exists in the cluster. */
    public readonly value?: number,
    /** What the class says about itself. */
    public readonly description?: string,
  ) {}
}
