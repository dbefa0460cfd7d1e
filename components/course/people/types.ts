import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>;

export type JoinRequest = Outputs['join']['requests'][number];
export type Invitation = Outputs['invitations']['list'][number];
export type InvitationPreview = Outputs['invitations']['preview'];
