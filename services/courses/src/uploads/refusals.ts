import { defineRefusals } from '@shixun/kernel';

/** Refusals of uploads. */
export const codes = defineRefusals({
  UPLOAD_TOO_LARGE: {
    rule: 'CRS-56',
    zh: '文件过大，上限 {required} 字节。',
    en: 'The file is too large; {required} bytes is the most.',
  },
  UPLOAD_KIND: {
    rule: 'CRS-56',
    zh: '不接受这类文件（按内容识别为 {actual}），可上传：{required}。',
    en: 'Files of this kind are not taken (by its content it is {actual}); taken are: {required}.',
  },
});
