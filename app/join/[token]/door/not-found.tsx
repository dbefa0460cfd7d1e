import { DoorNotice } from '@/components/join/door-notice';

export default function InvalidLink() {
  return <DoorNotice kind="invalid" />;
}
