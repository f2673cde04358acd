import {
  GRPCBrokerDefinition,
  GRPCControllerDefinition,
  GRPCStdioDefinition,
} from '../generated/go_plugin.ts';
import {
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus,
  HealthDefinition,
} from '../generated/grpc_health.ts';
import type { Gone } from './gone.ts';
import { type Method, methodsOf } from './method.ts';

const SERVING: HealthCheckResponse = { status: HealthCheckResponse_ServingStatus.SERVING };

/** What go-plugin expects beside the provider. `shutdown` runs when Shutdown is being answered. */
export function sideServices(shutdown: () => void): readonly [string, Method][] {
  const answerShutdown = async () => {
    shutdown();
    return {};
  };
  return [
    ...methodsOf(GRPCControllerDefinition, { shutdown: { answer: answerShutdown } }),
    // An ended stream would be taken for a broken plugin: it stays open, silent, until the engine leaves.
    ...methodsOf(GRPCStdioDefinition, { streamStdio: { events: (_, gone) => until(gone) } }),
    // What the engine says there is heard and not answered; it leaves by breaking the stream.
    ...methodsOf(GRPCBrokerDefinition, {}),
    ...methodsOf(HealthDefinition, {
      check: { answer: async () => SERVING },
      watch: { events: (_, gone) => until(gone, SERVING) },
    }),
  ];
}

/** Gives its events, then nothing until nobody waits any more. */
async function* until(gone: Gone, ...events: readonly unknown[]): AsyncIterable<unknown> {
  yield* events;
  await new Promise<void>((resolve) => gone.on(() => resolve()));
}
