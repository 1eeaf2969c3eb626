import { defineRefusals } from '@shixun/kernel';

/** Of the import itself, of its file, of its cells and rows. None repeats what stands in a cell. */
export const codes = defineRefusals({
  IMPORT_SCOPE_MISSING: {
    rule: 'REG-01',
    zh: '请指明导入的管辖范围：行政区划代码或学校，二者取一。',
    en: 'Say for which area the import is: a region code or a school, one of the two.',
  },
  IMPORT_KIND_FORBIDDEN: {
    rule: 'REG-06',
    zh: '学校只能导入本校教师（{required}），现为 {actual}。',
    en: 'A school imports its own teachers only ({required}), not {actual}.',
  },
  IMPORT_WRONG_STATE: {
    rule: 'REG-06',
    zh: '导入当前状态为 {actual}，此操作要求 {required}：先试运行，再导入。',
    en: 'The import is {actual}; this needs {required}: first the dry run, then the import.',
  },
  IMPORT_HAS_FAULTS: {
    rule: 'REG-06',
    zh: '有 {actual} 行有误，“全部成功才导入”要求 {required} 行；请更正文件，或选择“只导入有效行”。',
    en: '{actual} rows are faulty and all-or-nothing needs {required}; correct the file or ask for the valid rows only.',
  },
  IMPORT_TRANSFERS_UNCONFIRMED: {
    rule: 'REG-05',
    zh: '有 {actual} 行会把教师调到另一所学校，请先在结果文件中核对，再说明是否办理（withTransfers）；“全部成功才导入”须一并办理。',
    en: '{actual} rows would move teachers to another school: look at them in the result file and say whether to (withTransfers); all-or-nothing includes them.',
  },
  IMPORT_NOTHING_VALID: {
    rule: 'REG-06',
    zh: '没有可导入的有效行（{actual}），至少需要 {required} 行。',
    en: 'There is no valid row to import ({actual}); at least {required} is needed.',
  },
  IMPORT_FILE_KIND: {
    rule: 'REG-06',
    zh: '只接受 {required} 文件；旧版 .xls 或加密的工作簿请另存为 .xlsx。',
    en: 'Only {required} files are taken; save an old .xls or a protected workbook as .xlsx first.',
  },
  IMPORT_FILE_BROKEN: {
    rule: 'REG-06',
    zh: '文件不完整或已损坏（{actual}），请重新保存后上传。',
    en: 'The file is cut off or damaged ({actual}); save it again and upload it anew.',
  },
  IMPORT_FILE_BOMB: {
    rule: 'REG-06',
    zh: '工作簿解压后过大或压缩比异常（{actual}，上限 {required}），已拒绝。',
    en: 'The workbook unpacks to too much or is packed too tightly ({actual}, at most {required}).',
  },
  IMPORT_FILE_TOO_LARGE: {
    rule: 'REG-06',
    zh: '文件超过 {required} 字节。',
    en: 'The file is larger than {required} bytes.',
  },
  IMPORT_ROWS_TOO_MANY: {
    rule: 'REG-06',
    zh: '文件超过 {required} 行，请分成几个文件。',
    en: 'The file has more than {required} rows; divide it.',
  },
  IMPORT_FILE_EMPTY: {
    rule: 'REG-06',
    zh: '表头下没有数据行，至少需要 {required} 行。',
    en: 'There is no row below the header; at least {required} is needed.',
  },
  IMPORT_COLUMNS_MISSING: {
    rule: 'REG-06',
    zh: '前几行中找不到必需的列：{actual}。请使用模板。',
    en: 'Columns that must be there were not found in the first rows: {actual}. Use the template.',
  },
  IMPORT_COLUMN_TWICE: {
    rule: 'REG-06',
    zh: '同一内容出现在两列：{actual}。',
    en: 'Two columns say the same: {actual}.',
  },
  IMPORT_CELL_EMPTY: { rule: 'REG-06', zh: '此项必填。', en: 'This must be filled in.' },
  IMPORT_CELL_FORMULA: {
    rule: 'REG-06',
    zh: '该单元格是没有结果的公式，请粘贴为值。',
    en: 'This cell is a formula without a result; paste it as a value.',
  },
  IMPORT_CELL_ERROR: {
    rule: 'REG-06',
    zh: '该单元格是错误值（如 #N/A）。',
    en: 'This cell holds an error value such as #N/A.',
  },
  IMPORT_CELL_LENGTH: {
    rule: 'REG-06',
    zh: '长度应为 {required}，现为 {actual} 个字符。',
    en: 'Its length must be {required}; it has {actual} characters.',
  },
  IMPORT_CELL_DIGITS: {
    rule: 'REG-06',
    zh: '应为 {required} 位数字。',
    en: 'It must be {required} digits.',
  },
  IMPORT_CELL_DIGITS_LOST: {
    rule: 'REG-06',
    zh: '该号码被存成了数字，Excel 只保留 15 位，末几位已丢失；请将该列设为文本后重新填写。',
    en: 'This number was stored as a number, of which Excel keeps 15 digits, so its end is lost; format the column as text and enter it again.',
  },
  IMPORT_CELL_DATE: {
    rule: 'REG-06',
    zh: '不是有效日期，请写成 2020-09-01。',
    en: 'It is no date; write it as 2020-09-01.',
  },
  IMPORT_CELL_WORD: {
    rule: 'REG-06',
    zh: '应为以下之一：{required}。',
    en: 'It must be one of: {required}.',
  },
  IMPORT_ROW_REPEATED: {
    rule: 'REG-06',
    zh: '与第 {actual} 行重复。',
    en: 'It repeats row {actual}.',
  },
  IMPORT_OUTSIDE_AREA: {
    rule: 'REG-01',
    zh: '不存在，或不在本次导入的管辖范围（{required}）内。',
    en: 'There is none, or it lies outside the area of this import ({required}).',
  },
  IMPORT_TEACHER_AT_OTHER_SCHOOL: {
    rule: 'REG-05',
    zh: '该教师登记在另一所学校，而本次导入没有要求办理调动。',
    en: 'The teacher is on record at another school, and this import was not asked to transfer anybody.',
  },
  IMPORT_TEACHER_NOT_ACTIVE: {
    rule: 'REG-05',
    zh: '该教师当前状态为 {actual}，须为 {required} 才能通过导入更改；已返岗的请先办理返岗。',
    en: 'The teacher is {actual}; only who is {required} can be changed by import. Who has come back is returned to service first.',
  },
  IMPORT_SINCE_DIFFERS: {
    rule: 'REG-05',
    zh: '登记的到校日期为 {required}，现为 {actual}；导入不更改任职经历。',
    en: 'The posting on record began on {required}, not {actual}; an import does not change history.',
  },
  IMPORT_SCHOOL_DIFFERS: {
    rule: 'REG-06',
    zh: '该校登记为 {required}，现为 {actual}；此项不能通过导入更改。',
    en: 'The school is on record as {required}, not {actual}; an import does not change this.',
  },
  IMPORT_REGION_PARENT: {
    rule: 'REG-01',
    zh: '上级区划 {required} 既不在区划表中，也不在本文件的前面各行中。',
    en: 'The region above, {required}, is neither on record nor in an earlier row of this file.',
  },
  IMPORT_REGION_RENAMED: {
    rule: 'REG-01',
    zh: '该代码登记的名称为“{required}”；更名、撤并请使用“区划调整”。',
    en: 'This code is on record as {required}; renaming and merging is a change of regions.',
  },
  IMPORT_REGION_ABOLISHED: {
    rule: 'REG-01',
    zh: '该代码已于 {actual} 撤销。',
    en: 'This code was abolished on {actual}.',
  },
  IMPORT_TRAINER_NEEDS_SCHOOL: {
    rule: 'REG-01',
    zh: '没有本省所在学校的培训者由省级登记，请填写学校标识码。',
    en: 'A trainer without a school of the province is registered by the province; name a school.',
  },
  IMPORT_TRAINER_AMBIGUOUS: {
    rule: 'REG-16',
    zh: '已有 {actual} 名同名、同省、同校的培训者，无法判断是哪一位。',
    en: 'There are {actual} trainers of that name, province and school: it is not clear which is meant.',
  },
});
