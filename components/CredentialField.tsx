import { useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { FieldReview } from '../lib/destinations/review';
import type { Platform, Reason } from '../lib/platforms/definition';
import type { CapturedToken, IdField as IdRow } from '../lib/storage/rows';
import { Button } from './Button';
import css from './CredentialField.module.css';
import { verdictText } from './credential-texts';
import { RelativeTime } from './RelativeTime';
import { Chip, VerdictChip } from './StatusChip';
import { sentence } from './texts';
import { useCommand } from './use-command';
import { useWish } from './use-wish';

/** "Removed 2 line breaks." for each thing that cleaning took away. */
const Removed = ({ codes }: { codes: readonly string[] }) =>
  codes.length > 0 ? (
    <p className={css.note}>{codes.map((code) => sentence(`removed.${code}`)).join(' ')}</p>
  ) : null;

const Refused = ({ platform, field }: { platform: Platform; field: FieldReview }) =>
  field.refused ? (
    <>
      <VerdictChip level="bad">{verdictText(platform, field.kind, field.refused.verdict)}</VerdictChip>
      <Removed codes={field.refused.removed} />
    </>
  ) : null;

/** More than a person types between two key strokes: it was pasted or dropped. */
const TYPED_AT_ONCE = 3;

interface SecretInputProps {
  /** It was asked for with a click, so the focus goes there. */
  wanted: boolean;
  labelledBy: string;
  describedBy: string;
  onValue: (value: string) => void;
  /** Left empty. */
  onNothing: () => void;
}

/**
 * Takes a secret and holds it for no longer than the event. Uncontrolled, so that it never enters React's state;
 * masked by style instead of `type="password"`, which would call password managers and hide the field's role.
 */
const SecretInput = ({ wanted, labelledBy, describedBy, onValue, onNothing }: SecretInputProps) => {
  const length = useRef(0);
  const take = (input: HTMLInputElement) => {
    const { value } = input;
    input.value = '';
    length.current = 0;
    onValue(value);
  };
  return (
    <input
      type="text"
      className={`${css.input} ${css.masked}`}
      // biome-ignore lint/a11y/noAutofocus: only after a click on "Paste a token instead", whose button is gone
      autoFocus={wanted}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      placeholder={i18n.t('field.pasteHere')}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      onPaste={(event) => {
        event.preventDefault();
        event.currentTarget.value = '';
        length.current = 0;
        // Nothing, too: that nothing came is said.
        onValue(event.clipboardData.getData('text'));
      }}
      onInput={(event) => {
        const input = event.currentTarget;
        const grown = input.value.length - length.current;
        length.current = input.value.length;
        if (grown > TYPED_AT_ONCE) take(input);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget);
      }}
      onBlur={(event) => {
        if (event.currentTarget.value === '') onNothing();
        else take(event.currentTarget);
      }}
    />
  );
};

interface SecretFieldProps {
  platform: Platform;
  captureId: string;
  field: FieldReview;
  token?: CapturedToken | undefined;
  /** Several tokens stand there, and none is chosen yet. */
  undecided: boolean;
}

/** A token: its mask and length, or, while there is none, a place to paste it. */
export const SecretField = ({ platform, captureId, field, token, undecided }: SecretFieldProps) => {
  const command = useCommand();
  const id = useId();
  const [replacing, setReplacing] = useState(false);
  const label = `${id}-label`;
  const verdict = `${id}-verdict`;
  const judged = field.verdict && verdictText(platform, field.kind, field.verdict);

  if (undecided) return null;

  const paste = (value: string) => {
    setReplacing(false);
    void command({ type: 'capture.paste', captureId, kind: field.kind, value });
  };

  return (
    // A fieldset's legend cannot stand in a line with the rest.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div className={css.field} role="group" aria-labelledby={label}>
      <div className={css.top}>
        <span id={label} className={css.label}>
          {field.label}
        </span>
        {token?.issuedAt !== undefined && (
          <span className={css.note}>
            {i18n.t('field.issued')} <RelativeTime at={token.issuedAt} />
          </span>
        )}
        {(!token || replacing) && (
          <SecretInput
            wanted={replacing}
            labelledBy={label}
            describedBy={verdict}
            onValue={paste}
            onNothing={() => setReplacing(false)}
          />
        )}
      </div>
      {token && !replacing && (
        <div className={css.top}>
          <span>
            <bdi dir="ltr" className="code">
              {token.mask}
            </bdi>
            {/* Most verdicts say it themselves. */}
            {!judged?.includes(String(token.length)) && (
              <span className={css.note}> · {i18n.t('field.characters', token.length)}</span>
            )}
          </span>
          <Button weight="quiet" onClick={() => setReplacing(true)}>
            {i18n.t('field.pasteInstead')}
          </Button>
        </div>
      )}
      <div id={verdict} className={css.verdict}>
        {token && field.verdict && <VerdictChip level={field.verdict.level}>{judged}</VerdictChip>}
        {token && <Removed codes={token.removed} />}
        {token?.warnings.map((code) => (
          <VerdictChip key={code} level="doubt">
            {sentence(`warning.${code}`, {}, i18n.t('verdict.doubt'))}
          </VerdictChip>
        ))}
        {!token && !field.refused && <p className={css.note}>{i18n.t('field.pasteHint')}</p>}
        <Refused platform={platform} field={field} />
      </div>
    </div>
  );
};

const reasonText = ({ code, label }: Reason): string =>
  label === undefined
    ? sentence(`reason.${code}`)
    : sentence(`reason.${code}Named`, { label }, sentence(`reason.${code}`));

interface ChoicesProps {
  name: string;
  label: string;
  row: IdRow;
  choose: (value: string) => void;
}

const Choices = ({ name, label, row, choose }: ChoicesProps) => {
  const [chosen, wish] = useWish(row.value);
  return (
    <div role="radiogroup" aria-label={i18n.t('field.which', { label })} className={css.choices}>
      {row.candidates.map(({ value, reasons }) => (
        <label key={value} className={css.choice}>
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => {
              wish(value);
              choose(value);
            }}
          />
          <span>
            <bdi dir="ltr" className="code">
              {value}
            </bdi>{' '}
            <span className={css.note}>{reasons.map(reasonText).join(' · ')}</span>
          </span>
        </label>
      ))}
    </div>
  );
};

interface IdFieldProps {
  platform: Platform;
  captureId: string;
  field: FieldReview;
  row: IdRow;
  /** A paste has no page on which it could have been found. */
  fromPage: boolean;
}

/** An id: an ordinary text field. What is typed goes to the background at each change. */
export const IdField = ({ platform, captureId, field, row, fromPage }: IdFieldProps) => {
  const command = useCommand();
  const id = useId();
  // What is being typed wins over the row until the background has it and the field is left.
  const [draft, setDraft] = useState<string>();
  const waiting = useRef<Promise<unknown>>(Promise.resolve());

  const set = (value: string) => {
    waiting.current = command({ type: 'capture.setId', captureId, kind: field.kind, value });
  };
  const several = row.candidates.length > 1 || row.conflict;
  const only = row.candidates.find(({ value }) => value === row.value);

  return (
    <div className={css.field}>
      <div className={css.top}>
        <label htmlFor={id} className={css.label}>
          {field.label}
        </label>
        <input
          id={id}
          type="text"
          dir="ltr"
          className={`${css.input} code`}
          aria-describedby={`${id}-verdict`}
          aria-invalid={field.verdict?.level === 'bad' || undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={draft ?? row.value ?? ''}
          onChange={({ target }) => {
            setDraft(target.value);
            set(target.value);
          }}
          onBlur={() => {
            void waiting.current.then(() => setDraft(undefined));
          }}
        />
      </div>
      {several && (
        <Choices
          name={`${id}-choice`}
          label={field.label}
          row={row}
          choose={(value) => {
            setDraft(undefined);
            set(value);
          }}
        />
      )}
      <div id={`${id}-verdict`} className={css.verdict}>
        {row.value && field.verdict && (
          <VerdictChip level={field.verdict.level}>
            {verdictText(platform, field.kind, field.verdict)}
          </VerdictChip>
        )}
        {!several && only && !row.byPerson && (
          <span className={css.note}>{only.reasons.map(reasonText).join(' · ')}</span>
        )}
        {!row.value && (
          <Chip tone="doubt" icon="triangle">
            {several ? i18n.t('field.chooseOne') : i18n.t(fromPage ? 'field.notFound' : 'field.missing')}
          </Chip>
        )}
        <Refused platform={platform} field={field} />
      </div>
    </div>
  );
};
