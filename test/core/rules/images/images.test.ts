import { container, deploymentOf, object, podOf, tryRule, workload } from '../advice.ts';
import { indent } from '../../marked.ts';

const digest = 'sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a';

/** A Pod whose container has this image, and more lines. */
function image(reference: string, more = ''): string {
  return podOf(more).replace('web:1', reference);
}

tryRule('image-latest', {
  'no tag': { text: image('«nginx»'), severity: 'warning' },
  latest: image('«ghcr.io/shop/web:latest»'),
  'a port is no tag': image('«localhost:5000/web»'),
  'a version': image('nginx:1.29'),
  'a digest, with and without a tag': image(`nginx@${digest}`) + '---\n' + image(`nginx:latest@${digest}`),
  'an image that is never pulled': image('web', 'imagePullPolicy: Never'),
  'what a template fills in':
    image('${IMAGE}') + '---\n' + image('$(IMAGE)') + '---\n' + image('"{{ image }}"'),
  'an init container': podOf('', `initContainers:\n  - { name: a, image: «busybox» }`),
  'in a patch that sets it':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      $setElementOrder/containers: [{ name: a }]\n      containers: [{ name: a, image: «web» }]\n',
});

tryRule('image-stale', {
  'a moving tag': {
    text: image('«web:main»', 'stdin: true'),
    severity: 'hint',
    fixed: image('web:main', 'stdin: true\nimagePullPolicy: Always'),
  },
  'latest that is not pulled': {
    text: image('web:latest', 'imagePullPolicy: «IfNotPresent»'),
    fixed: image('web:latest', 'imagePullPolicy: Always'),
  },
  'latest is pulled by default': image('web:latest') + '---\n' + image('web'),
  'a moving tag that is pulled': image('web:main', 'imagePullPolicy: Always'),
  'a version': image('web:1.2.3'),
  'a digest': image(`web:main@${digest}`),
});

tryRule('image-pulled-always', {
  'a digest': {
    text: image(`web@${digest}`, 'imagePullPolicy: «Always»'),
    severity: 'hint',
    fixed: image(`web@${digest}`, 'imagePullPolicy: IfNotPresent'),
  },
  'a tag': image('web:1', 'imagePullPolicy: Always'),
});

tryRule('image-digest-missing', {
  'a tag': image('«web:1»'),
  'a digest': image(`web@${digest}`),
  'no tag is a matter of its own': image('web'),
});

const registries = ['ghcr.io/shop', 'registry.k8s.io', 'docker.io/library'];
tryRule('image-registry-foreign', {
  'without a list nothing is said': image('evil.example.com/web:1'),
  'an image from elsewhere': { text: image('«quay.io/web/web:1»'), settings: { registries } },
  'a part of a registry': { text: image('ghcr.io/shop/web:1'), settings: { registries } },
  'another part of that registry': { text: image('«ghcr.io/shopping/web:1»'), settings: { registries } },
  'Docker Hub by any name': {
    text:
      image('nginx:1') + '---\n' + image('docker.io/nginx:1') + '---\n' + image('docker.io/library/nginx:1'),
    settings: { registries },
  },
  'another owner on Docker Hub': { text: image('«shop/nginx:1»'), settings: { registries } },
  'a whole registry with a slash behind it': {
    text: image('ghcr.io/a/b:1'),
    settings: { registries: ['ghcr.io/'] },
  },
});

tryRule('image-registry-frozen', {
  'the old registry': {
    text: image('«k8s.gcr.io/pause:3.9»'),
    severity: 'warning',
    fixed: image('registry.k8s.io/pause:3.9'),
  },
  'the one before that': image('«gcr.io/google_containers/pause:3.1»'),
  'the new one': image('registry.k8s.io/pause:3.9'),
});

tryRule('image-latest', {
  'in each kind with pods': ['Deployment', 'StatefulSet', 'DaemonSet']
    .map((kind) => workload(kind, container('').replace('web:1', '«web»')))
    .join('---\n'),
  'in a CronJob': object(
    'batch/v1 CronJob',
    `spec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n${indent(container('').replace('web:1', '«web»'), 10)}`,
  ),
  'somebody else’s kinds have images of their own': object(
    'example.com/v1 Deployment',
    'spec:\n  containers: [{ name: a, image: web }]',
  ),
  'a Deployment': deploymentOf(''),
});
