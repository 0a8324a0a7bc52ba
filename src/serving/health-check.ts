import { invalid } from '../private/errors';

/** How a probe asks a container for its health. */
export class HealthCheck {
  /**
   * An HTTP GET on the serving port, or on another named port; 200 to 399 is healthy.
   *
   * Throws when the path doesn't start with "/".
   */
  public static http(path: string, portName?: string): HealthCheck {
    if (typeof path !== 'string' || !/^\/[\x21-\x7e]{0,2000}$/.test(path)) {
      throw invalid('HealthCheck.http', 'path', path, 'start with "/" and have no spaces', 'for example "/healthz"');
    }
    return new HealthCheck(checkedName('HealthCheck.http', portName), path, undefined);
  }

  /** A TCP connection to the serving port, or to another named port. */
  public static tcp(portName?: string): HealthCheck {
    return new HealthCheck(checkedName('HealthCheck.tcp', portName), undefined, undefined);
  }

  /** A command in the container; exit code 0 is healthy. Throws when the command is empty. */
  public static command(...command: string[]): HealthCheck {
    if (command.length === 0) { throw invalid('HealthCheck.command', 'command', command, 'have at least one word'); }
    // Nothing splits a single word with spaces, and a program of such a name is hardly meant.
    const bad = command.findIndex(word => typeof word !== 'string' || word.includes('\0') || (command.length === 1 && /\s/.test(word)));
    if (bad >= 0) {
      throw invalid('HealthCheck.command', 'command', command[bad], 'be words, one by one', 'for example HealthCheck.command("cat", "/tmp/ready")');
    }
    return new HealthCheck(undefined, undefined, command);
  }

  private constructor(
    /** The name of the port; the serving port when there is none. */
    public readonly portName: string | undefined,
    /** The HTTP path. */
    public readonly path: string | undefined,
    /** The command. */
    public readonly words: string[] | undefined,
  ) {}
}

function checkedName(where: string, portName: string | undefined): string | undefined {
  if (portName !== undefined && typeof portName !== 'string') { throw invalid(where, 'portName', portName, 'be the name of a port', 'for example "http"'); }
  return portName;
}
