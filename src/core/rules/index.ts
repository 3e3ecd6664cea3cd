import { certificateRequestInvalid } from './access/certificate-request-invalid.ts';
import { roleRefInvalid } from './access/role-ref-invalid.ts';
import { roleRuleInvalid } from './access/role-rule-invalid.ts';
import { subjectInvalid } from './access/subject-invalid.ts';
import { autoscalingRules } from './autoscaling/index.ts';
import { admissionBindingInvalid } from './cluster-kinds/admission-binding-invalid.ts';
import { admissionPolicyInvalid } from './cluster-kinds/admission-policy-invalid.ts';
import { admissionRuleInvalid } from './cluster-kinds/admission-rule-invalid.ts';
import { apiServiceInvalid } from './cluster-kinds/api-service-invalid.ts';
import { crdInvalid } from './cluster-kinds/crd-invalid.ts';
import { crdPartsInvalid } from './cluster-kinds/crd-parts-invalid.ts';
import { crdSchemaInvalid } from './cluster-kinds/crd-schema-invalid.ts';
import { deviceClaimInvalid } from './cluster-kinds/device-claim-invalid.ts';
import { deviceClassInvalid } from './cluster-kinds/device-class-invalid.ts';
import { eventInvalid } from './cluster-kinds/event-invalid.ts';
import { expressionInvalid } from './cluster-kinds/expression-invalid.ts';
import { flowSchemaInvalid } from './cluster-kinds/flow-schema-invalid.ts';
import { leaseInvalid } from './cluster-kinds/lease-invalid.ts';
import { namespaceFinalizerInvalid } from './cluster-kinds/namespace-finalizer-invalid.ts';
import { nodeInvalid } from './cluster-kinds/node-invalid.ts';
import { priorityClassInvalid } from './cluster-kinds/priority-class-invalid.ts';
import { priorityLevelInvalid } from './cluster-kinds/priority-level-invalid.ts';
import { resourceSliceInvalid } from './cluster-kinds/resource-slice-invalid.ts';
import { runtimeClassInvalid } from './cluster-kinds/runtime-class-invalid.ts';
import { webhookInvalid } from './cluster-kinds/webhook-invalid.ts';
import { configKeysInvalid } from './config/config-keys-invalid.ts';
import { configTooLarge } from './config/config-too-large.ts';
import { secretTypeKeys } from './config/secret-type-keys.ts';
import { containerRules } from './containers/index.ts';
import { documentCutOff } from './document-cut-off.ts';
import { duplicateKey } from './duplicate-key.ts';
import { fieldMisplaced } from './field-misplaced.ts';
import { fileTooLarge } from './file-too-large.ts';
import { imageRules } from './images/index.ts';
import { kindUnknown } from './kind-unknown.ts';
import { metadataRules } from './metadata/index.ts';
import { endpointSliceInvalid } from './networking/endpoint-slice-invalid.ts';
import { endpointsInvalid } from './networking/endpoints-invalid.ts';
import { ingressBackendInvalid } from './networking/ingress-backend-invalid.ts';
import { ingressClassInvalid } from './networking/ingress-class-invalid.ts';
import { ingressInvalid } from './networking/ingress-invalid.ts';
import { ingressPathInvalid } from './networking/ingress-path-invalid.ts';
import { ipAddressInvalid } from './networking/ip-address-invalid.ts';
import { networkPolicyInvalid } from './networking/network-policy-invalid.ts';
import { serviceAddressesInvalid } from './networking/service-addresses-invalid.ts';
import { serviceCidrInvalid } from './networking/service-cidr-invalid.ts';
import { servicePortsInvalid } from './networking/service-ports-invalid.ts';
import { serviceTrafficInvalid } from './networking/service-traffic-invalid.ts';
import { serviceTypeInvalid } from './networking/service-type-invalid.ts';
import { podRules } from './pods/index.ts';
import { limitRangeInvalid } from './policy/limit-range-invalid.ts';
import { quotaInvalid } from './policy/quota-invalid.ts';
import { quantityInvalid } from './quantity-invalid.ts';
import { reliabilityRules } from './reliability/index.ts';
import { requestAboveLimit } from './request-above-limit.ts';
import { resourceRules } from './resources/index.ts';
import { relationRules } from './relations/index.ts';
import type { Rule } from './rule.ts';
import { customFieldMissing } from './schema/custom-field-missing.ts';
import { customValueInvalid } from './schema/custom-value-invalid.ts';
import { fieldUnknown } from './schema/field-unknown.ts';
import { typeInvalid } from './schema/type-invalid.ts';
import { securityRules } from './security/index.ts';
import { storageRules } from './storage/index.ts';
import { suppressionInvalid } from './suppression-invalid.ts';
import { apiVersionDeprecated } from './versions/api-version-deprecated.ts';
import { apiVersionRemoved } from './versions/api-version-removed.ts';
import { fieldTooNew } from './versions/field-too-new.ts';
import { kindTooNew } from './versions/kind-too-new.ts';
import { workloadRules } from './workloads/index.ts';
import { yamlSyntax } from './yaml-syntax.ts';

/** Every check there is. */
export const rules: readonly Rule[] = [
  yamlSyntax,
  duplicateKey,
  documentCutOff,
  kindUnknown,
  kindTooNew,
  apiVersionRemoved,
  apiVersionDeprecated,
  fieldMisplaced,
  fieldUnknown,
  fieldTooNew,
  typeInvalid,
  customFieldMissing,
  customValueInvalid,
  ...metadataRules,
  ...workloadRules,
  ...autoscalingRules,
  quantityInvalid,
  requestAboveLimit,
  ...containerRules,
  fileTooLarge,
  suppressionInvalid,
  ...podRules,
  ...storageRules,
  ...relationRules,
  ...reliabilityRules,
  ...resourceRules,
  ...securityRules,
  ...imageRules,
  endpointSliceInvalid,
  endpointsInvalid,
  ingressBackendInvalid,
  ingressClassInvalid,
  ingressInvalid,
  ingressPathInvalid,
  ipAddressInvalid,
  networkPolicyInvalid,
  serviceAddressesInvalid,
  serviceCidrInvalid,
  servicePortsInvalid,
  serviceTrafficInvalid,
  serviceTypeInvalid,
  limitRangeInvalid,
  quotaInvalid,
  configKeysInvalid,
  configTooLarge,
  secretTypeKeys,
  certificateRequestInvalid,
  roleRefInvalid,
  roleRuleInvalid,
  subjectInvalid,
  eventInvalid,
  leaseInvalid,
  namespaceFinalizerInvalid,
  nodeInvalid,
  priorityClassInvalid,
  expressionInvalid,
  runtimeClassInvalid,
  webhookInvalid,
  admissionRuleInvalid,
  admissionPolicyInvalid,
  admissionBindingInvalid,
  flowSchemaInvalid,
  priorityLevelInvalid,
  apiServiceInvalid,
  deviceClaimInvalid,
  deviceClassInvalid,
  resourceSliceInvalid,
  crdInvalid,
  crdPartsInvalid,
  crdSchemaInvalid,
];
