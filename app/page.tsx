import { LandingPage } from '@/components/landing/landing-page';
import { getViewer } from '@/server/caller';

export default async function Page() {
  const viewer = await getViewer();
  return <LandingPage signedIn={viewer.kind === 'account'} />;
}
