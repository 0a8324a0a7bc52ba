import { PlatformApp } from 'cdk8s-ml';
import { platform } from './platform';

const app = new PlatformApp();
platform(app);
app.synth();
