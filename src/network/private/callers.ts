import { checkCidr } from '../../private/cidr';
import { checkProps } from '../../private/props';
import { Caller, CallerPodsOptions } from '../caller';
import { PolicyPeer } from '../policy-rules';
import { checkNamespace, podsPeer } from './peers';

class Peers extends Caller {
  constructor(private readonly peers: PolicyPeer[]) {
    super();
  }

  /** @internal */
  public _toPeers(): any[] {
    return this.peers;
  }
}

export function namespaceCaller(name: string): Caller {
  return new Peers([checkNamespace('Caller.namespace', 'name', name)]);
}

export function podsCaller(labels: { [key: string]: string }, options: CallerPodsOptions): Caller {
  checkProps('Caller.pods', 'options', options, { namespace: true });
  return new Peers([podsPeer('Caller.pods', labels, options.namespace)]);
}

export function cidrCaller(range: string): Caller {
  return new Peers([{ ipBlock: { cidr: checkCidr('Caller.cidr', 'range', range) } }]);
}

export function anyCaller(): Caller {
  return new Peers([]);
}
