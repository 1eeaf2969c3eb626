import { describe, expect, test } from '@jest/globals';
import { defineNotices, wordNotice } from './notice.ts';

const notices = defineNotices({
  LEFT_STATE: {
    rule: 'CRS-42',
    title: { zh: '名额 {places}', en: '{places} places' },
    zh: '状态为 {state}，请在 {until} 前确认。',
    en: 'The state is {state}; answer before {until}.',
  },
  PLAIN: { rule: 'GOV-04', zh: '已公布。', en: 'Published.' },
});

describe('GOV-04: a notice is in Chinese and English', () => {
  test('its facts are in the sentence: states as words, instants in Beijing time for a Chinese reader', () => {
    const figures = { places: 3, state: 'offered', until: '2026-09-03T10:00:00.000Z' };
    expect(wordNotice(notices.LEFT_STATE, figures)).toEqual({
      title: { zh: '名额 3', en: '3 places' },
      text: {
        zh: expect.stringMatching(/^状态为待确认，请在 2026-09-03 18:00.*前确认。$/),
        en: 'The state is offered; answer before 2026-09-03T10:00:00.000Z.',
      },
    });
  });

  test('its heading is its rule’s title when it has none of its own', () => {
    expect(wordNotice(notices.PLAIN, {}).title).toEqual({ zh: '通知', en: 'Notices' });
  });

  test('half a sentence is never told: a missing figure throws, in the heading too', () => {
    expect(() => wordNotice(notices.LEFT_STATE, { places: 3, state: 'offered' })).toThrow('until');
    expect(() => wordNotice(notices.LEFT_STATE, { state: 'offered', until: 'x' })).toThrow(
      'places',
    );
  });
});
