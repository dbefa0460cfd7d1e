import { PageSkeleton } from '@/components/site/page-skeleton';

export default PageSkeleton;
