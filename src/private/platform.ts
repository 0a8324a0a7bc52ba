/** On a root, and only on a `PlatformApp`: renders an object as its class does, but faster than the class's own. */
export const RENDERS = Symbol.for('cdk8s-ml/renders');
