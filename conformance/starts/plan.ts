/** What stands in for a container image: a folder of this machine, and what an image says of itself. */
export interface ImageFolder {
  /** Its files; their place in the container is `workingDir`. */
  readonly folder: string;
  readonly workingDir: string;
  /** Further folders of this machine that it has, read-only and at the same place: interpreters and what is installed for them. */
  readonly folders: readonly string[];
  readonly path: string;
  readonly entrypoint: readonly string[];
}

/** How callers use the server. */
export interface Call {
  readonly path: string;
  /** The body of a request that takes so many seconds to answer. */
  readonly body: string;
  /** What stands for the seconds in the body. */
  readonly duration: string;
  /** What to ask for instead of seconds, where a request is not measured in them: so many of it per second. */
  readonly perSecond?: number;
  /** What each answer has in it. */
  readonly answer: string;
}

/** All that one start needs to know, read from manifests except for the image and its callers. */
export interface Plan {
  readonly name: string;
  /** The pod of the Deployment. */
  readonly pod: any;
  /** Content by object and key. */
  readonly configMaps: Readonly<Record<string, Record<string, string>>>;
  readonly secrets: Readonly<Record<string, Record<string, string>>>;
  readonly image: ImageFolder;
  /** The model's files; an init container that fetches a model is replaced by a copy of them. */
  readonly model: string;
  readonly call: Call;
  /** How many callers there are; as many as the server deals with at once. */
  readonly atOnce: number;
  /** A folder for what the pod writes. */
  readonly scratch: string;
  /** What is asked of the metrics, as `name{label="value"}`, and where the manifests say they are. */
  readonly series?: { readonly port: string | number; readonly path: string; readonly selectors: readonly string[] };
}

/** One thing that a start showed. */
export interface Observation {
  readonly check: string;
  /** What was wrong; nothing when it holds. */
  readonly trouble?: string;
}
