import { healthEvents } from '../publish/event-tables.ts';
import { alertBudget, flagAlerts, riskFlags, warRooms } from '../publish/risk-tables.ts';
import {
  accountHealth,
  dataQuality,
  healthMovements,
  healthReceipts,
  measureDistribution,
  measureHealth,
  parentHealth,
  portfolioTrend,
  segmentHealth,
} from '../publish/tables.ts';

/** What score-accounts publishes of health. */
export const healthTables = {
  accountHealth,
  healthReceipts,
  healthMovements,
  segmentHealth,
  measureHealth,
  measureDistribution,
  parentHealth,
  portfolioTrend,
};

/** And of risk. */
export const riskTables = { riskFlags, flagAlerts, alertBudget, warRooms };

export const scoreTables = { ...healthTables, ...riskTables, dataQuality, healthEvents };
