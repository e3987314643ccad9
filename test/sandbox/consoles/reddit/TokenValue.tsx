import { Button, Group, Stack, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConsoleVariant } from '../../consoles-api';
import { useBareField } from '../shared/bare-field';
import { Enclosed } from '../shared/enclosures';
import { useCopy } from '../shared/use-copy';
import type { Words } from './words';

const TOKEN_CSS = '.token{font:12px/1.5 monospace;overflow-wrap:anywhere;display:block;text-align:start}';

interface TokenValueProps {
  words: Words;
  variant: ConsoleVariant;
  value: string;
}

/** A new token, shown the one time that it is shown. */
export function TokenValue({ words, variant, value }: TokenValueProps) {
  const { copied, copy } = useCopy(value);
  const label = copied ? words.copied : words.copy;
  const enclosed = (content: ReactNode) => (
    <Enclosed place={variant.tokenIn} title={words.generatedTitle} height={240} css={TOKEN_CSS}>
      {content}
    </Enclosed>
  );
  const inField = variant.tokenIn === 'input' || variant.tokenIn === 'textarea';

  if (variant.gluedButton && !inField) {
    // A chip that is one button, with value and label in one text: what stands behind the token is no word boundary.
    const chip = <UnstyledButton className="token" onClick={copy}>{`${value}${label}`}</UnstyledButton>;
    return enclosed(chip);
  }
  return (
    <Stack gap="xs">
      {inField ? (
        <Field words={words} variant={variant} value={value} />
      ) : (
        enclosed(<code className="token">{value}</code>)
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={copy}>
          {label}
        </Button>
      </Group>
    </Stack>
  );
}

function Field({ words, variant, value }: TokenValueProps) {
  const input = useBareField<HTMLInputElement>(value);
  const area = useBareField<HTMLTextAreaElement>(value);
  return variant.tokenIn === 'input' ? (
    <TextInput ref={input} label={words.tokenSection} readOnly />
  ) : (
    <Textarea ref={area} label={words.tokenSection} rows={8} readOnly />
  );
}
