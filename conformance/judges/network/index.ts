import { declaredConnections, neverConnections } from './declared';
import { Edges } from './edges';
import { Endpoint, workloadsOf } from './endpoint';
import { Question, questionsAbout } from './questions';
import { edgesOf } from './stated';
import { run } from '../../child';
import { Count, Finding, Judge } from '../../judge';
import { nameOf } from '../../manifest';
import { Subject } from '../../subject';
import { GoTool } from '../../toolchain/go';

const cyclonus = new GoTool('cyclonus-answers', { module: 'cyclonus', package: '.', versionedBy: 'github.com/mattfenwick/cyclonus' });

interface Answer {
  readonly out: boolean;
  readonly in: boolean;
}

/** The matcher of cyclonus on the network policies: what a program declares works, and nothing else does. */
export class Network implements Judge {
  public readonly name = 'network';
  public readonly proves = 'every connection that a program declares is let through by the network policies, and no other one';
  public readonly tools = [cyclonus];
  public readonly checks = ['closed', 'open'];

  // Folders from elsewhere say nothing about the connections that they need.
  public choose(subjects: readonly Subject[]): Subject[] {
    return subjects.filter(({ name, objects }) => /^(examples|generated)\//.test(name) && objects.some(({ kind }) => kind === 'NetworkPolicy'));
  }

  public async judge(subjects: readonly Subject[], count: Count): Promise<Finding[]> {
    const cases = subjects.map((subject) => caseOf(subject, edgesOf(subject.name)));
    const { path } = await cyclonus.locate();
    const { code, stdout, stderr } = await run(path, [], { input: JSON.stringify(cases.map(asked)) });
    if (code !== 0) { throw new Error(`cyclonus gave no answer: ${stderr.trim()}`); }
    const answers = JSON.parse(stdout) as Answer[][];
    return subjects.flatMap(({ name }, index) => {
      const { questions } = cases[index];
      count('connections tried', name, questions.length);
      return questions.flatMap((question, number) => {
        const message = objection(question, answers[index][number]);
        return message ? [{ check: question.wanted ? 'closed' : 'open', subject: name, object: nameOf(question.workload.template.owner), message }] : [];
      });
    });
  }
}

function caseOf({ objects }: Subject, edges: Edges) {
  const workloads = workloadsOf(objects);
  return {
    policies: objects.filter(({ kind }) => kind === 'NetworkPolicy'),
    questions: questionsAbout(workloads, declaredConnections(objects, workloads, edges), neverConnections(workloads, edges)),
  };
}

function asked({ policies, questions }: ReturnType<typeof caseOf>) {
  return {
    policies,
    questions: questions.map(({ workload, way, peer, port, portName, protocol }) => {
      const [from, to] = way === 'out' ? [workload, peer] : [peer, workload];
      return { from: end(from), to: end(to), port, portName, protocol };
    }),
  };
}

function end({ address, namespace, namespaceLabels, labels }: Endpoint) {
  return { address, namespace, namespaceLabels, labels };
}

// The other end may have policies of its own, which are not the workload's to answer for.
function objection({ workload, way, peer, port, protocol, wanted }: Question, answer: Answer): string | undefined {
  if (answer[way] === wanted) { return undefined; }
  const [from, to] = way === 'out' ? [workload, peer] : [peer, workload];
  const connection = `${from.name} to ${to.name}, port ${port} ${protocol}`;
  return wanted ? `${connection}: it is declared and not let ${way}` : `${connection}: neither an object nor judges/network/stated.ts declares it, and it is let ${way}`;
}
