'use client';

import { useParams } from 'next/navigation';
import { DoorNotice } from '@/components/join/door-notice';

export default function InvalidLink() {
  const { token } = useParams<{ token: string }>();
  return <DoorNotice kind="invalid" token={decodeURIComponent(token)} />;
}
