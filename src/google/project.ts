import { IConstruct } from 'constructs';
import { madeWithoutProject } from './private/google';
import { checkRegion } from './private/names';
import { invalid, pathOf } from '../private/errors';
import { checkScope } from '../private/names';
import { checkProps } from '../private/props';
import { setSetting } from '../private/settings';

/** Options of a `Project`. */
export interface ProjectOptions {
  /**
   * The region of resources that name none, such as "us-central1".
   *
   * @default - what the environment of Terraform says
   */
  readonly region?: string;
}

/**
 * The project of Google Cloud in which resources are made.
 *
 * Without one, Terraform takes it from its environment (GOOGLE_PROJECT). What needs the id when the program runs, as the address of an image does, is an error then.
 */
export class Project {
  /** A project by its id, such as "my-project-123". Throws when it is none that Google takes. */
  public static of(projectId: string, options: ProjectOptions = {}): Project {
    if (typeof projectId !== 'string' || !/^([a-z0-9.]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(projectId)) {
      throw invalid('google.Project.of', 'projectId', projectId, 'be the id of a project: 6 to 30 lower case letters, digits and "-"', 'for example "my-project-123"');
    }
    checkProps('google.Project.of', 'options', options, { region: true });
    if (options.region !== undefined) { checkRegion('google.Project.of', 'region', options.region); }
    return new Project(projectId, options.region);
  }

  private constructor(
    /** Its id. */
    public readonly projectId: string,
    /** The region of resources that name none, when it was said. */
    public readonly region?: string,
  ) {}

  /**
   * States the project for an app or a stack, before or after its resources are made; the nearest statement counts.
   *
   * Throws after a `WorkloadIdentity` was made there, because its address has the project in it.
   */
  public useIn(scope: IConstruct): void {
    checkScope('google.Project.useIn', scope, 'google.Project.of("my-project").useIn(app)');
    const early = madeWithoutProject(scope);
    if (early) {
      throw invalid('google.Project.useIn', 'scope', scope, `not have ${pathOf(early)} already, whose address has the project in it`, 'state the project before');
    }
    setSetting(scope, 'googleProject', { projectId: this.projectId, region: this.region });
  }
}
