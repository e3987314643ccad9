import { fullName } from '../destinations/destination';
import { platformOf } from '../platforms/index';
import type { Destination } from '../storage/rows';

/** As badge and alerts call a destination. */
export const nameOf = ({ type, name }: Destination): string => fullName(platformOf(type)?.name ?? type, name);
