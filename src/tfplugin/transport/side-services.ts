import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  GRPCBrokerDefinition,
  GRPCControllerDefinition,
  GRPCStdioDefinition,
} from '../generated/go_plugin.ts';
import {
  type HealthCheckRequest,
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus,
  HealthDefinition,
} from '../generated/grpc_health.ts';
import type { ServiceDescription } from './service.ts';

export interface SideService {
  readonly description: ServiceDescription;
  readonly implementation: UntypedServiceImplementation;
}

/** What go-plugin expects beside the provider. `shutdown` runs once Shutdown has been answered. */
export function sideServices(shutdown: () => void): readonly SideService[] {
  const onShutdown: handleUnaryCall<unknown, unknown> = (call, answer) => {
    // The transport's word for a closed stream: the answer is on its way, though not yet out of this process.
    call.on('cancelled', shutdown);
    answer(null, {});
  };
  return [
    { description: GRPCControllerDefinition, implementation: { shutdown: onShutdown } },
    // An ended stream would be taken for a broken plugin: it stays open, silent, until the engine leaves.
    { description: GRPCStdioDefinition, implementation: { streamStdio: stayOpen } },
    { description: GRPCBrokerDefinition, implementation: { startStream: listenForever } },
    { description: HealthDefinition, implementation: { check, watch } },
  ];
}

const stayOpen: handleServerStreamingCall<unknown, unknown> = (call) => {
  call.on('cancelled', () => call.end());
  call.on('error', () => undefined);
};

const listenForever: handleBidiStreamingCall<unknown, unknown> = (call) => {
  call.on('data', () => undefined);
  call.on('end', () => call.end());
  // The engine always leaves by breaking the stream.
  call.on('error', () => undefined);
};

const SERVING: HealthCheckResponse = { status: HealthCheckResponse_ServingStatus.SERVING };

const check: handleUnaryCall<HealthCheckRequest, HealthCheckResponse> = (_call, answer) =>
  answer(null, SERVING);

const watch: handleServerStreamingCall<HealthCheckRequest, HealthCheckResponse> = (call) => {
  call.write(SERVING);
  call.on('cancelled', () => call.end());
  call.on('error', () => undefined);
};
