/** On a root, and only on a `PlatformApp`: renders an object as its class does, but faster than the class's own. */
export const RENDERS = Symbol.for('cdk8s-ml/renders');

/** On an object that comes from elsewhere, with everything it says: it is printed as it is, and not judged by what the library expects of a program's own. */
export const AS_READ = Symbol.for('cdk8s-ml/as-read');
