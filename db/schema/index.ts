export * from './courses';
export * from './documents';
export * from './files';
export * from './identity';
export * from './lessons';
export * from './media';
export * from './playback';
export * from './rooms';
