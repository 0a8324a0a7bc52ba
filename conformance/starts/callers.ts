import * as http from 'node:http';
import { Call } from './plan';
import { POD } from './probes';

/** Clients of the server: each request on a connection of its own, as after a load balancer that has none open. */
export class Callers {
  public answered = 0;
  public readonly lost: string[] = [];
  private calling = false;
  private loops: Promise<void>[] = [];
  private readonly long: Promise<void>[] = [];

  constructor(private readonly port: number, private readonly plan: Call) {}

  /** Why one request came to nothing, or undefined when it was answered rightly. */
  public call(seconds: number, timeoutSeconds = seconds + 60): Promise<string | undefined> {
    const { path, body, duration, perSecond, answer } = this.plan;
    const asked = perSecond ? Math.max(1, Math.round(seconds * perSecond)) : seconds;
    return new Promise((resolve) => {
      const request = http.request({ host: POD, port: this.port, path, method: 'POST', headers: { 'Content-Type': 'application/json', 'Connection': 'close' }, agent: false });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
      const end = (trouble?: string) => { clearTimeout(timer); resolve(trouble); };
      request.on('error', (error) => end(error.message)).on('response', (response) => {
        let received = '';
        response.setEncoding('utf8').on('data', (chunk: string) => { received += chunk; });
        response.on('error', (error) => end(error.message));
        response.on('end', () => end(response.statusCode === 200 && received.includes(answer) ? undefined : `status ${response.statusCode}: ${received.slice(0, 200)}`));
      });
      request.end(body.replaceAll(duration, String(asked)));
    });
  }

  /** Goes on calling, so many at once, with requests that take so long. */
  public begin(atOnce: number, seconds: number): void {
    this.calling = true;
    this.loops = Array.from({ length: atOnce }, async () => {
      while (this.calling) { this.note(await this.call(seconds)); }
    });
  }

  /** Sends a request that takes long, and doesn't wait for it. */
  public send(seconds: number): void {
    this.long.push(this.call(seconds).then((trouble) => this.note(trouble)));
  }

  /** Sends no more. */
  public end(): void {
    this.calling = false;
  }

  /** Waits until everything that was sent has come to something. */
  public async settled(): Promise<void> {
    await Promise.all([...this.loops, ...this.long]);
  }

  private note(trouble: string | undefined): void {
    if (trouble) { this.lost.push(trouble); } else { this.answered++; }
  }
}
