import * as fs from 'fs';
import * as path from 'path';
import type { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { cdktfVersion } from './host';
import { InvalidInputError, invalid, pathOf } from '../../../private/errors';
import { cdktf, isStack } from '../../../private/terraform';

/** Longer names of folders are none for every file system. */
const LONGEST_FOLDER = 200;
/** Where stacks are completed before their files take their places. */
const STAGING = '.cdk8s-ml-staging';

/** Versions of cdktf in which preparing a stack does nothing but find references between stacks. */
const PREPARES_REFERENCES_ONLY = /^0\.2[01]\./;

/** The Terraform half of an app: its stacks, written as cdktf's own App writes them. */
export class TerraformHalf {
  /** The Terraform half of an app that has one. */
  public static of(app: IConstruct, outdir: string, constructs: readonly IConstruct[]): TerraformHalf | undefined {
    const stacks = constructs.filter(isStack) as TerraformStack[];
    return stacks.length > 0 ? new TerraformHalf(app, outdir, stacks) : undefined;
  }

  private readonly outdir: string;
  private readonly staging: string;

  private constructor(private readonly app: IConstruct, outdir: string, public readonly stacks: readonly TerraformStack[]) {
    this.outdir = path.resolve(outdir);
    this.staging = path.join(this.outdir, STAGING);
  }

  /** Throws when two things would have one name or file. */
  public check(): void {
    this.checkStackIds();
    for (const stack of this.stacks) { checkLogicalIds(stack); }
  }

  /** Gives stacks their backends and finds references between them. Throws as `check` does. */
  public prepare(): void {
    this.checkStackIds();
    for (const stack of this.stacks) { this.ensureBackend(stack); }
    const only = this.stacks.length === 1 && PREPARES_REFERENCES_ONLY.test(cdktfVersion())
      && this.stacks[0].prepareStack === cdktf().TerraformStack.prototype.prepareStack;
    if (!only) {
      for (const stack of this.stacks) { stack.prepareStack(); }
    }
    for (const stack of this.stacks) { checkLogicalIds(stack); }
  }

  /** Synthesizes the stacks, apart from what is there. Throws when a stack can't be, and when a file of one could not take its place. */
  public render(): void {
    const { Manifest } = cdktf();
    this.writing(() => {
      fs.rmSync(this.staging, { recursive: true, force: true });
      fs.mkdirSync(this.staging, { recursive: true });
    });
    const manifest = new Manifest(cdktfVersion(), this.staging, (this.app as any).hclOutput);
    for (const stack of this.stacks) {
      try {
        stack.synthesizer.synthesize({ outdir: this.staging, manifest, skipValidation: false });
      } catch (e) {
        throw unwritable(stack) ?? e;
      }
      this.checkText(stack);
    }
    manifest.writeToFile();
    this.writing(() => this.makePlaces());
  }

  /** Gives what was rendered its place. What else is there, such as state files and `.terraform`, stays. */
  public commit(): void {
    this.writing(() => {
      for (const { from, to } of this.files()) { fs.renameSync(from, to); }
    });
  }

  /** Removes what was rendered and not given its place. */
  public discard(): void {
    if (fs.existsSync(this.staging)) { fs.rmSync(this.staging, { recursive: true, force: true }); }
  }

  /** What was rendered, and where each file goes. */
  private files(): Array<{ readonly from: string; readonly to: string }> {
    return fs.readdirSync(this.staging, { recursive: true, withFileTypes: true }).filter(file => !file.isDirectory()).map(file => {
      const from = path.join(file.parentPath, file.name);
      return { from, to: path.join(this.outdir, path.relative(this.staging, from)) };
    });
  }

  /** Makes the folders of what was rendered, and sees that nothing is in the way of it: once a file has its place, all must get theirs. */
  private makePlaces(): void {
    const files = this.files();
    for (const folder of new Set(files.map(({ to }) => path.dirname(to)))) {
      fs.mkdirSync(folder, { recursive: true });
      fs.accessSync(folder, fs.constants.W_OK);
    }
    for (const { to } of files) {
      if (fs.statSync(to, { throwIfNoEntry: false })?.isDirectory()) {
        const name = path.relative(this.outdir, to).split(path.sep).join('/');
        throw invalid('PlatformApp', 'terraformOutdir', this.outdir, `have no folder "${name}", because a file of this name is to be written`, 'remove it');
      }
    }
  }

  /** Says of what the file system refuses where it was to be. */
  private writing(act: () => void): void {
    try {
      act();
    } catch (e) {
      const { code, message } = e as NodeJS.ErrnoException;
      throw code === undefined ? e : invalid('PlatformApp', 'terraformOutdir', this.outdir, 'be a folder that files can be written to', message);
    }
  }

  /** Half a surrogate pair is no text: JSON has an escape for it that Terraform reads as something else. */
  private checkText(stack: TerraformStack): void {
    const folder = path.join(this.staging, 'stacks', stack.node.id);
    for (const file of fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []) {
      // assets are in folders, and are whatever the user has
      if (!file.isFile()) { continue; }
      const text = fs.readFileSync(path.join(folder, file.name), 'utf8');
      const at = HALF_A_PAIR.exec(text)?.index;
      if (at !== undefined) {
        const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at)).trim();
        throw new InvalidInputError(`${pathOf(stack)}: has a text with half a surrogate pair, ${line.slice(0, 120)}; must be whole characters; encode binary data`);
      }
    }
  }

  private checkStackIds(): void {
    const owners = new Map<string, TerraformStack>();
    for (const stack of this.stacks) {
      const { id } = stack.node;
      if (!/^[\w-][\w.-]*$/.test(id) || id === '..') {
        throw invalid(stack, 'id', id, 'be letters, digits, "-", "_" and ".", and not start with ".", because the stack\'s folder has this name', 'rename the stack');
      }
      if (id.length > LONGEST_FOLDER) { throw invalid(stack, 'id', `${id.slice(0, 40)}…`, `be at most ${LONGEST_FOLDER} characters, as the name of the stack's folder`, 'shorten it'); }
      const other = owners.get(id.toLowerCase());
      if (other) {
        throw new InvalidInputError(`${pathOf(stack)}: its folder would be "stacks/${id}", which is also that of ${pathOf(other)}; must have a folder of its own; rename one of them`);
      }
      owners.set(id.toLowerCase(), stack);
    }
  }

  /** The backend that the user names, else a file where cdktf puts it, by a path that holds on every machine. */
  private ensureBackend(stack: TerraformStack): void {
    const { LocalBackend, TerraformBackend } = cdktf();
    const file = path.resolve(`terraform.${stack.node.id}.tfstate`);
    const relative = path.relative(path.join(this.outdir, 'stacks', stack.node.id), file).split(path.sep).join('/');
    const own = stack.node.findAll().find(c => TerraformBackend.isBackend(c)) as any;
    if (!own) {
      new LocalBackend(stack, { path: relative });
    } else if (own.props?.path === file) {
      // one that the user made without a path
      own.props.path = relative;
    }
  }
}

/** How JSON writes half a surrogate pair, unless somebody wrote the backslash. */
const HALF_A_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i;

/** What Terraform knows by a name of its own. */
const NAMED = ['resource', 'data', 'output', 'TerraformVariable', 'TerraformLocal', 'TerraformHclModule'];

/** The element that can't be written, such as one with a number that JSON doesn't have; undefined when all can. */
function unwritable(stack: TerraformStack): InvalidInputError | undefined {
  const { TerraformElement: Element } = cdktf();
  for (const element of stack.node.findAll().filter(c => Element.isTerraformElement(c)) as TerraformElement[]) {
    try {
      JSON.stringify((element as any).rawOverrides);
    } catch (e) {
      return new InvalidInputError(`${pathOf(element)}: has an override that can't be written: ${(e as Error).message.split('\n')[0]}; must be text, numbers, lists and dictionaries that end`);
    }
  }
  return undefined;
}

/** cdktf leaves out of a name what Terraform doesn't allow, and merges resources of one name without a word. */
function checkLogicalIds(stack: TerraformStack): void {
  const { TerraformDataSource, TerraformElement: Element, TerraformOutput, TerraformResource } = cdktf();
  const owners = new Map<string, IConstruct>();
  const visit = (construct: IConstruct) => {
    if (Element.isTerraformElement(construct)) {
      const element = construct as TerraformElement & { terraformResourceType?: string };
      const kind = TerraformResource.isTerraformResource(element) ? 'resource'
        : TerraformDataSource.isTerraformDataSource(element) ? 'data'
          : TerraformOutput.isTerraformOutput(element) ? 'output' : element.constructor.name;
      const key = `${kind} ${element.terraformResourceType ?? ''} ${element.friendlyUniqueId}`;
      const other = owners.get(key);
      if (other) {
        throw new InvalidInputError(`${pathOf(element)}: its name in Terraform would be "${element.friendlyUniqueId}", which is also that of ${pathOf(other)}; `
          + 'must have a name of its own; rename one of them');
      }
      owners.set(key, element);
      if (NAMED.includes(kind) && !/^[A-Za-z_][\w-]*$/.test(element.friendlyUniqueId)) {
        throw new InvalidInputError(`${pathOf(element)}: its name in Terraform would be "${element.friendlyUniqueId}"; `
          + 'must start with a letter or "_", and have letters, digits, "_" and "-" only; rename it');
      }
    }
    for (const child of construct.node.children) {
      if (!isStack(child)) { visit(child); }
    }
  };
  visit(stack);
}
