/** Manifests to begin from: as people write them, in every style YAML has for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { deployment, enough } from '../core/marked.ts';
import { largeFile, smallFile } from '../bench/manifests.ts';

const fixtures = new URL('../fixtures/malformed/', import.meta.url);
const examples = new URL('../../examples/shop/k8s/', import.meta.url);

function filesOf(folder: URL): readonly string[] {
  return readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
}

const anchors = `apiVersion: v1
kind: List
items:
  - &web
    apiVersion: v1
    kind: Pod
    metadata: &meta { name: web, labels: &labels { app: web } }
    spec:
      containers: [&c { name: web, image: web:1, resources: { limits: { cpu: 1, memory: 1Gi } } }]
  - <<: *web
    metadata:
      <<: [*meta]
      name: web-2
  - apiVersion: v1
    kind: Service
    metadata: { name: web, labels: *labels }
    spec:
      selector: *labels
      ports:
      - port: 80
`;

const texts = `# Every way to write a text.
apiVersion: v1
kind: ConfigMap
metadata:
  name: texts
  annotations: {}
data:
  literal: |
    server {
      listen 80;   # not a comment

      location / { proxy_pass http://web:8080; }
    }

  stripped: |-
    a: b
      - c
  folded: >
    one line
    of many

    and another
      kept
  folded.stripped: >-
    one
    two
  plain: several words
    over two lines

    and a third
  single: 'it''s
    here'
  double: "tab\\t and \\u00e9
    and a \\
    break"
  "quoted key": yes
  'other key': "no"
  empty:
  nothing: ~
  url: http://example.com:80/#top
  octal: 0644
  time: 12:30
`;

const json = `{
  "apiVersion": "v1",
  "kind": "Pod",
  "metadata": {"name":"a","labels":{"app":"a"}},
  "spec": {
    "containers": [
      {
        "name": "a",
        "image": "a:1",
        "args": ["--b", "c\\n", ""],
        "ports": [ { "containerPort": 80 }, {"containerPort":81} ],
        "resources": {"limits": {"cpu": "500m", "memory": 128000000}}
      }
    ]
  }
}
`;

const definition = `---
# A definition, with texts as long as they get.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations:
    controller-gen.kubebuilder.io/version: v0.16.5
  name: teas.example.com
spec:
  group: example.com
  names: {kind: Tea, plural: teas, shortNames: [t]}
  scope: Namespaced
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        description: Tea is what
          people drink.
        properties:
          apiVersion:
            description: 'APIVersion defines the versioned schema: servers should
              convert recognized schemas to the latest internal value.'
            type: string
          spec:
            type: object
            properties:
              leaves: {type: integer, minimum: 1, enum: [1, 2,
                3]}
            x-kubernetes-validations:
            - rule: "self.leaves > 0"
              message: >-
                There must be
                leaves
        type: object
    served: true
    storage: true
    subresources:
      status: {}
...
`;

const nested = `apiVersion: v1
kind: Pod
metadata: {name: nested}
spec:
  containers:
  - name: a
    image: a:1
    command:
    - - deep
      -
        deeper
    - # a comment
      x: y
    -
    env: [
      {name: A, value: "1"},
      { name: B, valueFrom: { fieldRef: { fieldPath: metadata.name } } },
    ]
  # the end
`;

/** Nothing in these is wrong, as far as YAML goes. */
export const sound: readonly string[] = [
  ...filesOf(examples),
  smallFile,
  ...largeFile().split('---\n').slice(0, 24),
  deployment(enough, 'volumes:\n  - name: a\n    emptyDir: { sizeLimit: 1Gi }'),
  anchors,
  texts,
  json,
  definition,
  nested,
  `${smallFile}---\n${texts}---\n${json}`,
  texts.replaceAll('\n', '\r\n'),
];

export const corpus: readonly string[] = [...sound, ...filesOf(fixtures)];
