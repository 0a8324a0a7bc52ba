import { IConstruct } from 'constructs';

/** A kind of GPU that pods are meant for, where no pool says where they go. */
export interface AskedAccelerator {
  /** What asks for it. */
  readonly scope: IConstruct;
  readonly name: string;
  /** Whether a slice of one won't do. */
  readonly whole: boolean;
}

/** The parts of a request for GPUs that say of which kind they are. */
interface Request {
  readonly accelerator?: { readonly name: string };
  readonly pool?: unknown;
  readonly migProfile?: string;
}

const ASKED = Symbol.for('cdk8s-ml/asked-accelerator');

/** Notes of the object that makes pods which kind of GPU they are meant for: their manifest doesn't say it, unless they go to a pool. */
export function noteAccelerator(object: IConstruct, scope: IConstruct, request: Request | undefined): void {
  if (request?.accelerator === undefined || request.pool !== undefined) { return; }
  const asked: AskedAccelerator = { scope, name: request.accelerator.name, whole: request.migProfile === undefined };
  Object.defineProperty(object, ASKED, { value: asked });
}

/** The kind of GPU that the pods of an object are meant for, when that was noted. */
export function acceleratorOf(object: IConstruct): AskedAccelerator | undefined {
  return (object as any)[ASKED];
}
