/** Invented people: common surnames and given names, identity and phone numbers that nobody can hold. */
import { checkDigit } from '@shixun/registry/bulk';
import { mixed, pick } from './seeded.ts';

type Words = readonly [string, ...string[]];
const words = (text: string): Words => {
  const [first = '', ...others] = text.split(' ');
  return [first, ...others];
};

const surnames = words(
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 ' +
    '程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 ' +
    '范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤',
);
const firstCharacters = words(
  '文 志 建 国 春 秀 玉 海 明 晓 丽 红 永 俊 雅 思 子 佳 雨 欣 浩 天 立 德 美 淑 慧 晨 学 家 静 新 宏 振 瑞 庆',
);
const lastCharacters = words(
  '华 明 军 芳 英 敏 强 平 霞 燕 玲 勇 艳 杰 娟 涛 超 梅 辉 丽 洁 琴 云 峰 兰 萍 静 波 斌 宁 琳 婷 怡 轩 宇 然',
);

/** The name of the n-th person; one in eight has a single given character. */
export function nameOf(n: number): string {
  const surname = pick(surnames, n, 1);
  const last = pick(lastCharacters, n, 3);
  return mixed(n, 2) % 8 === 0 ? surname + last : surname + pick(firstCharacters, n, 4) + last;
}

const firstBirthday = Date.UTC(1966, 0, 1);
const birthdays = 12_783;
const dayMs = 24 * 3600 * 1000;

/** Birth dates run from 1966-01-01 to 2000-12-30 and begin again. */
export function bornOn(n: number): string {
  return new Date(firstBirthday + (n % birthdays) * dayMs).toISOString().slice(0, 10);
}

/**
 * The identity number of the n-th person, unique up to 12 million. Its check digit is right, but its address is
 * 140000, the province itself: real numbers carry a county's code, so nobody holds one of these.
 */
export function identityNumberOf(n: number): string {
  const order = String(1 + Math.floor(n / birthdays)).padStart(3, '0');
  const first17 = `140000${bornOn(n).replaceAll('-', '')}${order}`;
  return first17 + checkDigit(first17);
}

/** The phone of the n-th person: 140 is a range for machines, not for people. */
export function phoneOf(n: number): string {
  return `1400${String(n).padStart(7, '0')}`;
}
