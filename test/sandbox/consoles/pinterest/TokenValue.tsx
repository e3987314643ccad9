import { Button, Flex, TextArea, TextField } from 'gestalt';
import type { ReactNode } from 'react';
import type { ConsoleVariant } from '../../consoles-api';
import { useBareField } from '../shared/bare-field';
import { Enclosed } from '../shared/enclosures';
import { useCopy } from '../shared/use-copy';
import type { Words } from './words';

const TOKEN_CSS = '.token{font:13px/1.5 monospace;overflow-wrap:anywhere}';

interface TokenValueProps {
  words: Words;
  variant: ConsoleVariant;
  value: string;
}

/** A new token, next to its Copy button, the one time that it is shown. */
export function TokenValue({ words, variant, value }: TokenValueProps) {
  const { copied, copy } = useCopy(value);
  const label = copied ? words.copied : words.copy;
  const enclosed = (content: ReactNode) => (
    <Enclosed place={variant.tokenIn} title={words.token} height={44} css={TOKEN_CSS}>
      {content}
    </Enclosed>
  );
  const inField = variant.tokenIn === 'input' || variant.tokenIn === 'textarea';

  if (variant.gluedButton && !inField) {
    // A chip that is one button, with value and label in one text: what stands behind the token is no word boundary.
    const chip = <button type="button" className="token" onClick={copy}>{`${value}${label}`}</button>;
    return enclosed(chip);
  }
  return (
    <Flex gap={3} alignItems="end">
      <Flex.Item flex="grow">
        {inField ? (
          <Field words={words} variant={variant} value={value} />
        ) : (
          enclosed(<code className="token">{value}</code>)
        )}
      </Flex.Item>
      <Button text={label} onClick={copy} />
    </Flex>
  );
}

function Field({ words, variant, value }: TokenValueProps) {
  const input = useBareField<HTMLInputElement>(value);
  const area = useBareField<HTMLTextAreaElement>(value);
  const nothing = () => undefined;
  return variant.tokenIn === 'input' ? (
    <TextField ref={input} id="token" label={words.token} onChange={nothing} readOnly />
  ) : (
    <TextArea ref={area} id="token" label={words.token} onChange={nothing} rows={3} readOnly />
  );
}
