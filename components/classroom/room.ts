export { useRoom, useRoomLog } from '@/components/room-log/use-room';
