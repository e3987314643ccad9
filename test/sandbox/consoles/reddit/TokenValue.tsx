import { Button, Group, Stack, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import type { ConsoleVariant } from '../../consoles-api';
import { useBareField } from '../shared/bare-field';
import { InFrame, InShadow } from '../shared/enclosures';
import { useCopy } from '../shared/use-copy';
import type { Words } from './words';

interface TokenValueProps {
  words: Words;
  variant: ConsoleVariant;
  value: string;
}

/** A new token, shown the one time that it is shown. */
export function TokenValue({ words, variant, value }: TokenValueProps) {
  const { copied, copy } = useCopy(value);
  const label = copied ? words.copied : words.copy;
  const inField = variant.tokenIn === 'input' || variant.tokenIn === 'textarea';

  if (variant.gluedButton && !inField) {
    // A chip that is one button, with value and label in one text: what stands behind the token is no word boundary.
    const chip = <UnstyledButton className="token" onClick={copy}>{`${value}${label}`}</UnstyledButton>;
    return <Enclosed words={words} variant={variant} content={chip} />;
  }
  return (
    <Stack gap="xs">
      {inField ? (
        <Field words={words} variant={variant} value={value} />
      ) : (
        <Enclosed words={words} variant={variant} content={<code className="token">{value}</code>} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={copy}>
          {label}
        </Button>
      </Group>
    </Stack>
  );
}

/** Style rules of the page do not reach into a shadow root or a frame. */
const carriedStyle = (
  <style>{'.token{font:12px/1.5 monospace;overflow-wrap:anywhere;display:block;text-align:start}'}</style>
);

function Enclosed({
  words,
  variant,
  content,
}: {
  words: Words;
  variant: ConsoleVariant;
  content: React.ReactNode;
}) {
  if (variant.tokenIn === 'shadow') {
    return (
      <InShadow>
        {carriedStyle}
        {content}
      </InShadow>
    );
  }
  if (variant.tokenIn === 'frame') {
    return (
      <InFrame title={words.generatedTitle} height={240}>
        {carriedStyle}
        {content}
      </InFrame>
    );
  }
  return content;
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
