import { createRecordValidator } from './board-records';

/** The process' one record validator: making its schema takes some milliseconds. */
export const recordValidator = createRecordValidator();
