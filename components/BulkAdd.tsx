import { useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { BulkAdd as Bulk } from '../lib/storage/rows';
import css from './BulkAdd.module.css';
import { Button } from './Button';
import { Card } from './Card';
import { Tick } from './Tick';
import { sentence } from './texts';
import { useCommand } from './use-command';

const reasonOf = ({ code }: Bulk['refused'][number]): string =>
  sentence(`bulk.refused.${code}`) || sentence(`problem.${code}`, {}, i18n.t('problem.unknown'));

/** What became of the lines of one paste: while they are tried, and when they have been. */
const Outcome = ({ bulk }: { bulk: Bulk }) => {
  const command = useCommand();
  const { id, lines, added, refused, endedAt } = bulk;
  const tried = added + refused.length;
  const isOver = endedAt !== undefined;
  const heading = isOver
    ? i18n.t('bulk.added', { added, refused: refused.length })
    : i18n.t('bulk.trying', { n: tried, lines });
  return (
    <Card heading={heading} spoken={isOver && refused.length > 0 ? 'alert' : 'status'}>
      {!isOver && <progress className={css.progress} aria-label={heading} value={tried} max={lines} />}
      {isOver && tried < lines && <p>{i18n.t('bulk.notTried', { n: lines - tried })}</p>}
      {refused.length > 0 && (
        <ul className={css.refused}>
          {refused.map((line) => (
            <li key={line.line}>
              <strong>
                {[i18n.t('bulk.line', { line: line.line }), line.name].filter(Boolean).join(' · ')}
              </strong>
              {': '}
              {reasonOf(line)}
            </li>
          ))}
        </ul>
      )}
      {isOver && (
        <div>
          <Button onClick={() => void command({ type: 'workspace.dismissMany', bulkId: id })}>
            {i18n.t('delivery.done')}
          </Button>
        </div>
      )}
    </Card>
  );
};

/**
 * Many workspaces from pasted lines. They hold keys, so like in the connect form they are in the field alone and in no
 * state of this page.
 */
export const BulkAdd = ({ bulkAdds }: { bulkAdds: readonly Bulk[] }) => {
  const command = useCommand();
  const id = useId();
  const lines = useRef<HTMLTextAreaElement>(null);
  const [remember, setRemember] = useState(true);
  const [error, setError] = useState<string>();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const text = lines.current?.value ?? '';
    if (!text.trim()) {
      setError(i18n.t('bulk.empty'));
      return lines.current?.focus();
    }
    const answer = await command({ type: 'workspace.addMany', text, remember }, ['invalid']);
    if (answer.ok && lines.current) lines.current.value = '';
    else if (!answer.ok && answer.code === 'invalid') setError(i18n.t('bulk.unread'));
  };

  return (
    <>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <label htmlFor={id}>{i18n.t('bulk.label')}</label>
        <textarea
          ref={lines}
          id={id}
          className="code"
          rows={6}
          dir="ltr"
          aria-describedby={`${id}-note`}
          aria-invalid={error !== undefined || undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onInput={() => setError(undefined)}
        />
        <p id={`${id}-note`} className={error ? css.error : css.hint}>
          {error ?? i18n.t('bulk.hint')}
        </p>
        <Tick
          label={i18n.t('connect.remember')}
          note={i18n.t('connect.rememberNote')}
          checked={remember}
          onChange={setRemember}
        />
        <div>
          <Button type="submit" weight="primary">
            {i18n.t('bulk.add')}
          </Button>
        </div>
      </form>
      {bulkAdds.map((bulk) => (
        <Outcome key={bulk.id} bulk={bulk} />
      ))}
    </>
  );
};
