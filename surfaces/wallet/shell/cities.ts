// The middles of cities, for whoever does not tell where they are; degrees east and north.
import type { Place } from "./place";

const city = (zh: string, en: string, longitude: number, latitude: number): Place => ({ zh, en, longitude, latitude });

export const CITIES: Place[] = [
  city("杭州", "Hangzhou", 120.1551, 30.2741),
  city("上海", "Shanghai", 121.4737, 31.2304),
  city("北京", "Beijing", 116.4074, 39.9042),
  city("广州", "Guangzhou", 113.2644, 23.1291),
  city("深圳", "Shenzhen", 114.0579, 22.5431),
  city("成都", "Chengdu", 104.0665, 30.5723),
  city("南京", "Nanjing", 118.7969, 32.0603),
  city("武汉", "Wuhan", 114.3054, 30.5931),
  city("西安", "Xi'an", 108.9398, 34.3416),
  city("重庆", "Chongqing", 106.5516, 29.563),
  city("天津", "Tianjin", 117.2008, 39.0842),
  city("苏州", "Suzhou", 120.5853, 31.2989),
  city("宁波", "Ningbo", 121.544, 29.8683),
  city("厦门", "Xiamen", 118.0894, 24.4798),
  city("青岛", "Qingdao", 120.3826, 36.0671),
  city("长沙", "Changsha", 112.9388, 28.2282),
  city("郑州", "Zhengzhou", 113.6254, 34.7466),
  city("昆明", "Kunming", 102.8329, 24.8801),
  city("沈阳", "Shenyang", 123.4315, 41.8057),
  city("哈尔滨", "Harbin", 126.535, 45.8038),
  city("香港", "Hong Kong", 114.1694, 22.3193),
  city("乌鲁木齐", "Urumqi", 87.6168, 43.8256),
];
